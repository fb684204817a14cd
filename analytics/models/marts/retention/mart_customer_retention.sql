-- Who stayed, came, came back and went, month by month, for all customers and by spending
-- segment. The segment is that of the snapshot date, so it knows how the story went on: read a
-- segment's rows as the past of who is in it today.

{% set all_customers = 'All customers' %}

with active_months as (
    select
        customer_id,
        month_start,
        lag(month_start) over (partition by customer_id order by month_start) as previous_active_month,
        lead(month_start) over (partition by customer_id order by month_start) as next_active_month
    from {{ ref('int_customer_monthly') }}
    where active_day_count > 0
),

bounds as (
    select
        min(active_months.month_start) as first_day,
        cast({{ dbt.dateadd('day', -1, 'max(snapshot.snapshot_date)') }} as date) as last_day
    from active_months
    cross join {{ ref('int_snapshot') }} as snapshot
),

calendar as (
    {{ calendar_months('bounds', 'first_day', 'last_day') | indent(4) }}
),

-- An active month makes its customer one of the month's, and one to keep in the next month.
events as (
    select
        customer_id,
        month_start as activity_month,
        1 as is_active,
        case when previous_active_month is null then 1 else 0 end as is_new,
        case when {{ months_between('previous_active_month', 'month_start') }} = 1 then 1 else 0 end as is_retained,
        case when {{ months_between('previous_active_month', 'month_start') }} > 1 then 1 else 0 end as is_reactivated,
        0 as is_active_before,
        0 as is_lost
    from active_months

    union all

    select
        customer_id,
        cast({{ dbt.dateadd('month', 1, 'month_start') }} as date) as activity_month,
        0 as is_active,
        0 as is_new,
        0 as is_retained,
        0 as is_reactivated,
        1 as is_active_before,
        case when {{ months_between('month_start', 'next_active_month') }} = 1 then 0 else 1 end as is_lost
    from active_months
),

segmented as (
    select
        events.activity_month,
        segments.spending_segment as customer_segment,
        sum(events.is_active) as active_customer_count,
        sum(events.is_new) as new_customer_count,
        sum(events.is_retained) as retained_customer_count,
        sum(events.is_reactivated) as reactivated_customer_count,
        sum(events.is_active_before) as active_before_count,
        sum(events.is_lost) as lost_customer_count
    from events
    inner join {{ ref('customer_segments') }} as segments
        on events.customer_id = segments.customer_id
    group by
        events.activity_month,
        segments.spending_segment
),

counted as (
    select * from segmented

    union all

    select
        activity_month,
        '{{ all_customers }}' as customer_segment,
        sum(active_customer_count) as active_customer_count,
        sum(new_customer_count) as new_customer_count,
        sum(retained_customer_count) as retained_customer_count,
        sum(reactivated_customer_count) as reactivated_customer_count,
        sum(active_before_count) as active_before_count,
        sum(lost_customer_count) as lost_customer_count
    from segmented
    group by activity_month
),

names as (
    select distinct customer_segment
    from counted
),

filled as (
    select
        calendar.month_start as activity_month,
        names.customer_segment,
        {%- for column in ['active_customer', 'new_customer', 'retained_customer', 'reactivated_customer', 'active_before', 'lost_customer'] %}
        coalesce(counted.{{ column }}_count, 0) as {{ column }}_count{{ ',' if not loop.last }}
        {%- endfor %}
    from calendar
    cross join names
    left join counted
        on
            calendar.month_start = counted.activity_month
            and names.customer_segment = counted.customer_segment
)

select
    filled.activity_month,
    filled.customer_segment,
    {%- for column in ['active_customer', 'new_customer', 'retained_customer', 'reactivated_customer', 'active_before', 'lost_customer'] %}
    cast(filled.{{ column }}_count as bigint) as {{ column }}_count,
    {%- endfor %}
    {{ share_of('filled.retained_customer_count', 'filled.active_before_count') }} as retention_rate,
    {{ wilson_low('filled.retained_customer_count', 'filled.active_before_count') }} as retention_rate_low,
    {{ wilson_high('filled.retained_customer_count', 'filled.active_before_count') }} as retention_rate_high,
    {{ dbt.dateadd('month', 1, 'filled.activity_month') }} <= snapshot.snapshot_date as is_complete
from filled
cross join {{ ref('int_snapshot') }} as snapshot
