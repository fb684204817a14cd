-- Every month of every cohort up to the month before the snapshot date, by channel that won the
-- customers: those where nobody bought have a row as well.

with sizes as (
    select
        cohort_month,
        acquisition_channel,
        count(*) as cohort_customer_count
    from {{ ref('int_customer_cohorts') }}
    group by
        cohort_month,
        acquisition_channel
),

activity as (
    select
        cohorts.cohort_month,
        cohorts.acquisition_channel,
        monthly.month_start,
        sum(case when monthly.active_day_count > 0 then 1 else 0 end) as active_customer_count,
        sum(monthly.order_count) as order_count,
        sum(monthly.net_revenue) as net_revenue,
        sum(monthly.net_margin) as net_margin
    from {{ ref('int_customer_monthly') }} as monthly
    inner join {{ ref('int_customer_cohorts') }} as cohorts
        on monthly.customer_id = cohorts.customer_id
    group by
        cohorts.cohort_month,
        cohorts.acquisition_channel,
        monthly.month_start
),

bounds as (
    select
        min(monthly.month_start) as first_day,
        cast({{ dbt.dateadd('day', -1, 'max(snapshot.snapshot_date)') }} as date) as last_day
    from {{ ref('int_customer_monthly') }} as monthly
    cross join {{ ref('int_snapshot') }} as snapshot
),

calendar as (
    {{ calendar_months('bounds', 'first_day', 'last_day') | indent(4) }}
)

select
    sizes.cohort_month,
    sizes.acquisition_channel,
    calendar.month_start as activity_month,
    {{ months_between('sizes.cohort_month', 'calendar.month_start') }} as months_since,
    sizes.cohort_customer_count,
    cast(coalesce(activity.active_customer_count, 0) as bigint) as active_customer_count,
    cast(coalesce(activity.order_count, 0) as bigint) as order_count,
    cast(coalesce(activity.net_revenue, 0) as decimal(18, 2)) as net_revenue,
    cast(coalesce(activity.net_margin, 0) as decimal(18, 4)) as net_margin,
    -- A month is complete when all its days lie before the snapshot date.
    {{ dbt.dateadd('month', 1, 'calendar.month_start') }} <= snapshot.snapshot_date as is_complete
from sizes
inner join calendar
    on sizes.cohort_month <= calendar.month_start
left join activity
    on
        sizes.cohort_month = activity.cohort_month
        and sizes.acquisition_channel = activity.acquisition_channel
        and calendar.month_start = activity.month_start
cross join {{ ref('int_snapshot') }} as snapshot
