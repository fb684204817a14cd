-- Cohorts hold every buyer once and all money of buyers; the months of retention hold the
-- customers who bought in them, by segment and in all.

with buyers as (
    select
        count(*) as customer_count,
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin
    from {{ ref('int_customer_aov') }}
),

cohorts as (
    select
        sum(case when months_since = 0 then cohort_customer_count else 0 end) as customer_count,
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin
    from {{ ref('mart_cohort_retention') }}
),

-- Of buyers whose first entry on record is a return, the months before the first purchase belong
-- to no cohort's age.
before_cohorts as (
    select
        coalesce(sum(monthly.net_revenue), 0) as net_revenue,
        coalesce(sum(monthly.net_margin), 0) as net_margin
    from {{ ref('int_customer_monthly') }} as monthly
    inner join {{ ref('int_customer_cohorts') }} as cohorts
        on
            monthly.customer_id = cohorts.customer_id
            and monthly.month_start < cohorts.cohort_month
),

months as (
    select
        month_start,
        count(*) as active_customer_count
    from {{ ref('int_customer_monthly') }}
    where active_day_count > 0
    group by month_start
),

retention as (
    select
        activity_month,
        sum(case when customer_segment = 'All customers' then active_customer_count else 0 end) as active_customer_count,
        sum(case when customer_segment <> 'All customers' then active_customer_count else 0 end) as by_segment
    from {{ ref('mart_customer_retention') }}
    group by activity_month
)

select
    'cohorts' as what,
    cast(buyers.net_revenue as {{ dbt.type_string() }}) as expected,
    cast(cohorts.net_revenue as {{ dbt.type_string() }}) as found
from buyers
cross join cohorts
cross join before_cohorts
where
    buyers.customer_count <> cohorts.customer_count
    or buyers.net_revenue <> cohorts.net_revenue + before_cohorts.net_revenue
    or buyers.net_margin <> cohorts.net_margin + before_cohorts.net_margin

union all

select
    'retention' as what,
    cast(months.active_customer_count as {{ dbt.type_string() }}) as expected,
    cast(retention.active_customer_count as {{ dbt.type_string() }}) as found
from months
full outer join retention
    on months.month_start = retention.activity_month
where
    coalesce(months.active_customer_count, 0) <> coalesce(retention.active_customer_count, -1)
    or retention.active_customer_count <> retention.by_segment
