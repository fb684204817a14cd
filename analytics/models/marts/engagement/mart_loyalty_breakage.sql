-- What became of the points of each month in which they were earned. Points are matched first in first out, and breakage
-- is told for points alone that had the time to expire: of younger ones nobody knows yet.

{%- set expiry_days = var('loyalty_expiry_days') %}

with pieces as (
    select
        matches.customer_id,
        cast({{ dbt.date_trunc('month', 'matches.credit_day') }} as date) as earned_month,
        matches.credit_entry_id,
        matches.debit_type,
        matches.points,
        -- What was earned on a day is gone expiry_days later, and the snapshot date itself has not happened yet.
        cast({{ dbt.dateadd('day', expiry_days, 'matches.credit_day') }} as date) < snapshot.snapshot_date as is_mature
    from {{ ref('int_loyalty_matches') }} as matches
    cross join {{ ref('int_snapshot') }} as snapshot
    where matches.credit_entry_id is not null
),

members as (
    select
        customer_id,
        earned_month,
        count(distinct credit_entry_id) as earning_count,
        sum(points) as earned_points,
        sum(case when debit_type = 'redeem' then points else 0 end) as redeemed_points,
        sum(case when debit_type = 'expire' then points else 0 end) as expired_points,
        sum(case when debit_type = 'adjust' then points else 0 end) as taken_back_points,
        sum(case when debit_type is null then points else 0 end) as outstanding_points,
        sum(case when debit_type is null and is_mature then points else 0 end) as overdue_points,
        cast(sum(case when is_mature then points else 0 end) as bigint) as mature_points,
        cast(sum(case when is_mature and debit_type = 'expire' then points else 0 end) as bigint) as mature_expired_points
    from pieces
    group by
        customer_id,
        earned_month
),

months as (
    select
        earned_month,
        count(*) as member_count,
        cast(sum(earning_count) as bigint) as earning_count,
        cast(sum(earned_points) as bigint) as earned_points,
        cast(sum(redeemed_points) as bigint) as redeemed_points,
        cast(sum(expired_points) as bigint) as expired_points,
        cast(sum(taken_back_points) as bigint) as taken_back_points,
        cast(sum(outstanding_points) as bigint) as outstanding_points,
        cast(sum(overdue_points) as bigint) as overdue_points,
        cast(sum(mature_points) as bigint) as mature_points,
        cast(sum(mature_expired_points) as bigint) as mature_expired_points,
        cast(sum(case when mature_points > 0 then 1 else 0 end) as bigint) as mature_member_count,
        -- Decimals, so that the sums do not depend on the order of the rows.
        sum(cast(mature_expired_points * mature_expired_points as decimal(38, 0))) as squared_expired,
        sum(cast(mature_expired_points * mature_points as decimal(38, 0))) as expired_times_mature,
        sum(cast(mature_points * mature_points as decimal(38, 0))) as squared_mature
    from members
    group by earned_month
)

select
    earned_month,
    member_count,
    earning_count,
    earned_points,
    redeemed_points,
    expired_points,
    taken_back_points,
    outstanding_points,
    overdue_points,
    mature_points,
    mature_expired_points,
    mature_member_count,
    {{ share_of('mature_expired_points', 'mature_points') }} as breakage_rate,
    {%- set sums = ['mature_member_count', 'mature_expired_points', 'mature_points', 'squared_expired',
        'expired_times_mature', 'squared_mature'] %}
    -- A share of points, so that the interval of a few members is cut at 0 and 1.
    case when mature_member_count > 1 then greatest(0e0, {{ ratio_low(*sums) }}) end as breakage_rate_low,
    case when mature_member_count > 1 then least(1e0, {{ ratio_high(*sums) }}) end as breakage_rate_high,
    mature_points = earned_points as is_complete
from months
