-- Members and points per calendar month from the first entry to the snapshot date, months without entries included.

with entries as (
    select
        ledger.customer_id,
        ledger.entry_type,
        ledger.points,
        cast({{ dbt.date_trunc('month', 'ledger.entry_day') }} as date) as month_start
    from {{ ref('stg_loyalty_data') }} as ledger
    where ledger.entry_day < (select snapshot_date from {{ ref('int_snapshot') }})
),

monthly as (
    select
        month_start,
        count(distinct case when entry_type in ('earn', 'redeem') then customer_id end) as active_member_count,
        count(distinct case when entry_type = 'redeem' then customer_id end) as redeeming_member_count,
        sum(case when points > 0 then points else 0 end) as earned_points,
        sum(case when points < 0 and entry_type = 'redeem' then -points else 0 end) as redeemed_points,
        sum(case when points < 0 and entry_type = 'expire' then -points else 0 end) as expired_points,
        sum(case when points < 0 and entry_type not in ('redeem', 'expire') then -points else 0 end) as taken_back_points
    from entries
    group by month_start
),

joined as (
    select
        cast({{ dbt.date_trunc('month', 'joined_day') }} as date) as month_start,
        count(*) as new_member_count
    from {{ ref('loyalty_program') }}
    group by cast({{ dbt.date_trunc('month', 'joined_day') }} as date)
),

calendar_bounds as (
    select
        min(monthly.month_start) as first_day,
        cast({{ dbt.dateadd('day', -1, 'max(snapshot.snapshot_date)') }} as date) as last_day
    from monthly
    cross join {{ ref('int_snapshot') }} as snapshot
),

calendar as (
    {{ calendar_days('calendar_bounds', 'first_day', 'last_day') | indent(4) }}
),

months as (
    select
        calendar.calendar_day as month_start,
        cast({{ dbt.dateadd('month', 1, 'calendar.calendar_day') }} as date) as next_month_start,
        coalesce(joined.new_member_count, 0) as new_member_count,
        coalesce(monthly.active_member_count, 0) as active_member_count,
        coalesce(monthly.redeeming_member_count, 0) as redeeming_member_count,
        coalesce(monthly.earned_points, 0) as earned_points,
        coalesce(monthly.redeemed_points, 0) as redeemed_points,
        coalesce(monthly.expired_points, 0) as expired_points,
        coalesce(monthly.taken_back_points, 0) as taken_back_points
    from calendar
    left join monthly
        on calendar.calendar_day = monthly.month_start
    left join joined
        on calendar.calendar_day = joined.month_start
    where extract(day from calendar.calendar_day) = 1
)

select
    months.month_start,
    cast(sum(months.new_member_count) over (order by months.month_start) as bigint) as member_count,
    months.new_member_count,
    months.active_member_count,
    months.redeeming_member_count,
    {{ share_of('months.redeeming_member_count', 'months.active_member_count') }} as redeeming_share,
    {{ wilson_low('months.redeeming_member_count', 'months.active_member_count') }} as redeeming_share_low,
    {{ wilson_high('months.redeeming_member_count', 'months.active_member_count') }} as redeeming_share_high,
    cast(months.earned_points as bigint) as earned_points,
    cast(months.redeemed_points as bigint) as redeemed_points,
    cast(months.expired_points as bigint) as expired_points,
    cast(months.taken_back_points as bigint) as taken_back_points,
    cast(
        sum(months.earned_points - months.redeemed_points - months.expired_points - months.taken_back_points)
            over (order by months.month_start)
        as bigint
    ) as outstanding_points,
    {{ share_of('months.redeemed_points', 'months.earned_points') }} as redemption_rate,
    cast(sum(months.redeemed_points) over (order by months.month_start) as double)
    / nullif(sum(months.earned_points) over (order by months.month_start), 0) as redemption_rate_to_date,
    months.next_month_start <= snapshot.snapshot_date as is_complete
from months
cross join {{ ref('int_snapshot') }} as snapshot
