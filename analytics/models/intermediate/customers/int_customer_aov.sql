-- Money of each customer with at least one sale line. Returns reduce revenue; orders are
-- purchases, so a credit note is none.

select
    customer_id,
    order_count,
    sale_line_count,
    return_line_count,
    gross_revenue,
    returns_amount,
    net_revenue,
    net_margin,
    cast(net_revenue / order_count as decimal(18, 4)) as average_order_value,
    cast(net_revenue / (sale_line_count + return_line_count) as decimal(18, 4)) as average_line_value,
    cast(-returns_amount as double) / nullif(cast(gross_revenue as double), 0) as return_rate
from {{ ref('int_customer_totals') }}
where order_count > 0
