-- What it would bring if customers with small orders came up to the median order value of their
-- spending segment: the gap times their orders of the last 365 days. It is a bound of what is
-- there to be won, and no forecast: nobody wins all of it.

with customers as (
    select
        segments.customer_segment,
        metrics.order_count_365d,
        cast(metrics.average_order_value_365d as double) as order_value
    from {{ ref('customer_spending_metrics') }} as metrics
    inner join {{ ref('int_customer_segments') }} as segments
        on metrics.customer_id = segments.customer_id
    where metrics.order_count_365d > 0
),

medians as (
    select
        customer_segment,
        percentile_cont(0.5) within group (order by order_value) as median_order_value
    from customers
    group by customer_segment
),

gaps as (
    select cast(
        (medians.median_order_value - customers.order_value) * customers.order_count_365d
        as decimal(18, 4)
    ) as yearly_gap
    from customers
    inner join medians
        on customers.customer_segment = medians.customer_segment
    where customers.order_value < medians.median_order_value
),

sums as (
    select
        count(*) as n,
        coalesce(sum(yearly_gap), 0) as gap_sum,
        coalesce(sum({{ exact_product('yearly_gap', 'yearly_gap', 4) }}), 0) as gap_squares
    from gaps
),

means as (
    select
        n,
        gap_sum,
        {{ mean_figures('gap_sum', 'gap_squares', 'n', 'gap') }}
    from sums
)

select
    'upsell_potential' as insight_key,
    'Upsell potential' as title,
    'Revenue a year and customer up to the median order value of the segment, among customers below it; beside it the sum' as statistic,
    gap as value,
    gap_low as ci_low,
    gap_high as ci_high,
    n,
    cast(gap_sum as double) as comparison_value,
    case
        when n = 0 then 'No customer''s orders are below the median of the segment'
        else 'Customers with orders below the median of their segment leave money on the table'
    end as finding
from means
