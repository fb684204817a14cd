-- Money of each customer with at least one sale line. Returns reduce revenue; orders are
-- purchases, so a credit note is none.

with totals as (
    select
        customer_id,
        count(distinct case when in_behaviour_models then invoice_no end) as order_count,
        sum(case when in_behaviour_models then 1 else 0 end) as sale_line_count,
        sum(case when in_behaviour_models then 0 else 1 end) as return_line_count,
        sum(case when in_behaviour_models then total_amount else 0 end) as gross_revenue,
        sum(case when in_behaviour_models then 0 else total_amount end) as returns_amount,
        sum(total_amount) as net_revenue
    from {{ ref('int_total_amount_calc') }}
    where customer_id is not null
    group by customer_id
)

select
    customer_id,
    order_count,
    cast(sale_line_count as bigint) as sale_line_count,
    cast(return_line_count as bigint) as return_line_count,
    cast(gross_revenue as decimal(18, 2)) as gross_revenue,
    cast(returns_amount as decimal(18, 2)) as returns_amount,
    cast(net_revenue as decimal(18, 2)) as net_revenue,
    cast(net_revenue / order_count as decimal(18, 4)) as average_order_value,
    cast(net_revenue / (sale_line_count + return_line_count) as decimal(18, 4)) as average_line_value,
    cast(-returns_amount as double) / nullif(cast(gross_revenue as double), 0) as return_rate
from totals
where order_count > 0
