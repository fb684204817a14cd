-- Retention by age of the cohort, all cohorts together. Months that are not over are left out,
-- as they would pull the end of the curve down; so each age counts the cohorts that reached it.

select
    months_since,
    count(*) as cohort_count,
    cast(sum(cohort_customer_count) as bigint) as customer_count,
    cast(sum(active_customer_count) as bigint) as active_customer_count,
    {{ share_of('sum(active_customer_count)', 'sum(cohort_customer_count)') }} as retention_rate,
    {{ wilson_low('sum(active_customer_count)', 'sum(cohort_customer_count)') }} as retention_rate_low,
    {{ wilson_high('sum(active_customer_count)', 'sum(cohort_customer_count)') }} as retention_rate_high,
    cast(sum(net_margin) / sum(cohort_customer_count) as decimal(18, 4)) as margin_per_customer
from {{ ref('mart_cohort_retention') }}
where is_complete
group by months_since
