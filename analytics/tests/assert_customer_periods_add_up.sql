-- The periods hold each purchase and return of every customer once: their sums are those of the
-- customer's whole life, which come from the months.

with periods as (
    select
        customer_id,
        sum(order_count) as order_count,
        sum(active_day_count) as active_day_count,
        sum(sale_line_count) as sale_line_count,
        sum(gross_revenue) as gross_revenue,
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin,
        max(last_order_day) as last_order_day
    from {{ ref('int_customer_periods') }}
    group by customer_id
)

select
    totals.customer_id,
    totals.net_revenue,
    periods.net_revenue as periods_net_revenue
from {{ ref('int_customer_totals') }} as totals
full outer join periods
    on totals.customer_id = periods.customer_id
where
    totals.customer_id is null
    or periods.customer_id is null
    or totals.order_count <> periods.order_count
    or totals.active_day_count <> periods.active_day_count
    or totals.sale_line_count <> periods.sale_line_count
    or totals.gross_revenue <> periods.gross_revenue
    or totals.net_revenue <> periods.net_revenue
    or totals.net_margin <> periods.net_margin
    or totals.last_order_day <> periods.last_order_day
