-- Lines, days, months and customers: the same money, margin and orders, each counted on its own.

with facts as (
    select
        sum(amount) as net_revenue,
        sum(margin_amount) as net_margin,
        sum(case when opens_order then 1 else 0 end) as order_count,
        count(*) as line_count
    from {{ ref('fct_transactions') }}
    where
        customer_id is not null
        and transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
),

days as (
    select
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin,
        sum(order_count) as order_count,
        sum(sale_line_count + return_line_count) as line_count
    from {{ ref('mart_customer_daily') }}
),

months as (
    select
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin,
        sum(order_count) as order_count,
        sum(sale_line_count + return_line_count) as line_count
    from {{ ref('int_customer_monthly') }}
),

customers as (
    select
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin,
        sum(order_count) as order_count,
        sum(sale_line_count + return_line_count) as line_count
    from {{ ref('int_customer_totals') }}
),

layers as (
    select * from facts
    union all
    select * from days
    union all
    select * from months
    union all
    select * from customers
)

select
    count(distinct net_revenue) as revenues,
    count(distinct net_margin) as margins,
    count(distinct order_count) as orders,
    count(distinct line_count) as line_counts
from layers
having
    count(distinct net_revenue) > 1
    or count(distinct net_margin) > 1
    or count(distinct order_count) > 1
    or count(distinct line_count) > 1
