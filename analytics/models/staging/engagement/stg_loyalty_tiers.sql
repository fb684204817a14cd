-- Tiers of the loyalty programme with the bounds between which each holds.

with deliveries as (
    select
        trim(tier_name) as tier_name,
        cast(min_points as bigint) as min_points,
        cast(coalesce(earn_multiplier, 1) as decimal(6, 2)) as earn_multiplier,
        nullif(trim(benefits), '') as benefits,
        coalesce(_load_id, 0) as _load_id,
        coalesce(_file, '') as _file,
        coalesce(_line, 0) as _line
    from {{ source('bronze', 'loyalty_tiers') }}
    where
        trim(tier_name) <> ''
        and min_points is not null
),

ranked as (
    select
        *,
        {{ newest_delivery(['tier_name']) }} as delivery_rank
    from deliveries
)

select
    tier_name,
    min_points,
    -- Not included; empty for the highest tier.
    lead(min_points) over (order by min_points, tier_name) as next_min_points,
    lead(tier_name) over (order by min_points, tier_name) as next_tier_name,
    cast(row_number() over (order by min_points, tier_name) as integer) as tier_rank,
    earn_multiplier,
    benefits,
    _load_id,
    _file,
    _line
from ranked
where delivery_rank = 1
