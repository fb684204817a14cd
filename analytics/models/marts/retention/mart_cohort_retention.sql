-- Cohorts by the month of the first purchase, followed month by month.

with months as (
    select
        cohort_month,
        activity_month,
        months_since,
        is_complete,
        sum(cohort_customer_count) as cohort_customer_count,
        sum(active_customer_count) as active_customer_count,
        sum(order_count) as order_count,
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin
    from {{ ref('int_cohort_months') }}
    group by
        cohort_month,
        activity_month,
        months_since,
        is_complete
),

running as (
    select
        *,
        sum(net_revenue) over (partition by cohort_month order by months_since) as cumulative_net_revenue,
        sum(net_margin) over (partition by cohort_month order by months_since) as cumulative_net_margin
    from months
)

select
    cohort_month,
    months_since,
    activity_month,
    cast(cohort_customer_count as bigint) as cohort_customer_count,
    cast(active_customer_count as bigint) as active_customer_count,
    {{ share_of('active_customer_count', 'cohort_customer_count') }} as retention_rate,
    {{ wilson_low('active_customer_count', 'cohort_customer_count') }} as retention_rate_low,
    {{ wilson_high('active_customer_count', 'cohort_customer_count') }} as retention_rate_high,
    cast(order_count as bigint) as order_count,
    cast(net_revenue as decimal(18, 2)) as net_revenue,
    cast(net_margin as decimal(18, 4)) as net_margin,
    cast(cumulative_net_revenue as decimal(18, 2)) as cumulative_net_revenue,
    cast(cumulative_net_margin as decimal(18, 4)) as cumulative_net_margin,
    cast(cumulative_net_margin / cohort_customer_count as decimal(18, 4)) as cumulative_margin_per_customer,
    is_complete
from running
