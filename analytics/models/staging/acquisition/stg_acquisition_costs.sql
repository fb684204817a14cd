-- What winning customers costs, one row a day, channel and campaign. Costs of a day are delivered
-- anew until they are final, so the last delivery replaces the others.

with deliveries as (
    select
        cast(cost_date as date) as cost_date,
        lower(trim(channel)) as channel,
        -- Costs that are not by campaign have a name too, so that the key is whole.
        coalesce(nullif(trim(campaign_name), ''), 'unnamed') as campaign_name,
        cast(coalesce(cost, 0) as decimal(18, 2)) as cost,
        cast(coalesce(impressions, 0) as bigint) as impressions,
        cast(coalesce(clicks, 0) as bigint) as clicks,
        coalesce(_load_id, 0) as _load_id,
        coalesce(_file, '') as _file,
        coalesce(_line, 0) as _line
    from {{ source('bronze', 'acquisition_costs') }}
    where
        cost_date is not null
        and trim(channel) <> ''
),

ranked as (
    select
        *,
        {{ newest_delivery(['cost_date', 'channel', 'campaign_name']) }} as delivery_rank
    from deliveries
)

select
    cost_date,
    channel,
    campaign_name,
    cost,
    impressions,
    clicks,
    _load_id,
    _file,
    _line
from ranked
where delivery_rank = 1
