-- How many customers buy in more than one category, and what share of revenue they stand for.

with customers as (
    select
        customer_id,
        count(*) as category_count,
        sum(gross_revenue) as gross_revenue
    from {{ ref('int_customer_categories') }}
    group by customer_id
),

sums as (
    select
        count(*) as n,
        coalesce(sum(case when category_count > 1 then 1 else 0 end), 0) as crossing_count,
        sum(case when category_count > 1 then gross_revenue else 0 end) as crossing_revenue,
        sum(gross_revenue) as gross_revenue
    from customers
),

shares as (
    select
        n,
        {{ share_figures('crossing_count', 'n', 'crossing_share') }},
        {{ share_of('crossing_revenue', 'gross_revenue') }} as revenue_share
    from sums
)

select
    'cross_category' as insight_key,
    'Buying across categories' as title,
    'Share of customers with purchases in at least two categories; beside it their share of revenue' as statistic,
    crossing_share as value,
    crossing_share_low as ci_low,
    crossing_share_high as ci_high,
    n,
    revenue_share as comparison_value,
    case
        when crossing_share is null then 'No purchase has a category'
        when revenue_share > crossing_share_high then 'Customers of several categories bring more than their share of revenue'
        when revenue_share < crossing_share_low then 'Customers of several categories bring less than their share of revenue'
        else 'Customers of several categories bring about their share of revenue'
    end as finding
from shares
