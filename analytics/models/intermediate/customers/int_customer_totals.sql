-- Each customer's months added up, customers with returns alone included.

select
    customer_id,
    cast(sum(order_count) as bigint) as order_count,
    cast(sum(document_count) as bigint) as document_count,
    cast(sum(sale_line_count) as bigint) as sale_line_count,
    cast(sum(return_line_count) as bigint) as return_line_count,
    cast(sum(active_day_count) as bigint) as active_day_count,
    cast(sum(case when sale_line_count > 0 then 1 else 0 end) as bigint) as active_month_count,
    min(first_document_day) as first_document_day,
    max(last_document_day) as last_document_day,
    min(first_order_day) as first_order_day,
    max(last_order_day) as last_order_day,
    max(last_opened_day) as last_opened_day,
    max(last_opened_at) as last_opened_at,
    max(largest_order_amount) as largest_order_amount,
    cast(sum(unit_count) as bigint) as unit_count,
    cast(sum(gross_revenue) as decimal(18, 2)) as gross_revenue,
    cast(sum(returns_amount) as decimal(18, 2)) as returns_amount,
    cast(sum(net_revenue) as decimal(18, 2)) as net_revenue,
    cast(sum(net_margin) as decimal(18, 4)) as net_margin,
    cast(sum(discounted_line_count) as bigint) as discounted_line_count,
    cast(sum(morning_order_count) as bigint) as morning_order_count,
    cast(sum(weekend_order_count) as bigint) as weekend_order_count
from {{ ref('int_customer_monthly') }}
group by customer_id
