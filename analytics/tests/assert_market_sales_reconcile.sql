-- Sales by year, country and range have the money and the lines of all transactions.

with sales as (
    select
        coalesce(sum(line_count), 0) as line_count,
        coalesce(sum(net_revenue), 0) as net_revenue
    from {{ ref('int_market_sales') }}
),

lines as (
    select
        count(*) as line_count,
        coalesce(sum(amount), 0) as net_revenue
    from {{ ref('fct_transactions') }}
    where {{ before_snapshot('transaction_day') }}
)

select
    sales.line_count,
    lines.line_count as expected_line_count,
    sales.net_revenue,
    lines.net_revenue as expected_net_revenue
from sales
cross join lines
where
    sales.line_count <> lines.line_count
    or sales.net_revenue <> lines.net_revenue
