-- The members of the loyalty programme with their account and tier at the snapshot date.

{%- set tier_days = var('loyalty_tier_days') %}

with snapshot as (
    select
        snapshot_date,
        cast({{ dbt.dateadd('day', -tier_days, 'snapshot_date') }} as date) as tier_start
    from {{ ref('int_snapshot') }}
),

accounts as (
    select
        ledger.customer_id,
        -- Whoever has an entry is a member, whether joining is booked before it, after it or not at all.
        min(ledger.entry_at) as joined_at,
        max(ledger.entry_at) as last_activity_at,
        count(*) as entry_count,
        sum(case when ledger.points > 0 then ledger.points else 0 end) as earned_points,
        sum(case when ledger.points < 0 and ledger.entry_type = 'redeem' then -ledger.points else 0 end) as redeemed_points,
        sum(case when ledger.points < 0 and ledger.entry_type = 'expire' then -ledger.points else 0 end) as expired_points,
        sum(
            case when ledger.points < 0 and ledger.entry_type not in ('redeem', 'expire') then -ledger.points else 0 end
        ) as taken_back_points,
        sum(ledger.points) as points_balance,
        sum(
            case
                when ledger.entry_day >= snapshot.tier_start and ledger.entry_type not in ('redeem', 'expire')
                    then ledger.points
                else 0
            end
        ) as tier_points,
        max(case when ledger.entry_type = 'redeem' then ledger.entry_at end) as last_redeemed_at,
        max(
            case when ledger.entry_day >= snapshot.tier_start and ledger.entry_type in ('earn', 'redeem') then 1 else 0 end
        ) = 1 as is_active
    from {{ ref('stg_loyalty_data') }} as ledger
    cross join snapshot
    where ledger.entry_day < snapshot.snapshot_date
    group by ledger.customer_id
)

select
    accounts.customer_id,
    accounts.joined_at,
    cast(accounts.joined_at as date) as joined_day,
    cast(accounts.points_balance as bigint) as points_balance,
    cast(accounts.earned_points as bigint) as earned_points,
    cast(accounts.redeemed_points as bigint) as redeemed_points,
    cast(accounts.expired_points as bigint) as expired_points,
    cast(accounts.taken_back_points as bigint) as taken_back_points,
    {{ share_of('accounts.redeemed_points', 'accounts.earned_points') }} as redemption_rate,
    cast(accounts.tier_points as bigint) as tier_points,
    tiers.tier_name,
    tiers.tier_rank,
    -- Above those who have no tier yet is the lowest.
    coalesce(tiers.next_tier_name, lowest.tier_name) as next_tier_name,
    cast(coalesce(tiers.next_min_points, lowest.min_points) - accounts.tier_points as bigint) as points_to_next_tier,
    accounts.entry_count,
    accounts.last_activity_at,
    accounts.last_redeemed_at,
    accounts.is_active
from accounts
left join {{ ref('stg_loyalty_tiers') }} as tiers
    on
        accounts.tier_points >= tiers.min_points
        and (tiers.next_min_points is null or accounts.tier_points < tiers.next_min_points)
left join {{ ref('stg_loyalty_tiers') }} as lowest
    on
        lowest.tier_rank = 1
        and accounts.tier_points < lowest.min_points
