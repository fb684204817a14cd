-- One row an order (basket): the sale lines of one customer on one invoice.

select
    customer_id,
    invoice_no,
    -- The till stamps the lines of a long basket minutes apart.
    min(invoice_date) as ordered_at,
    min(invoice_day) as order_day,
    max(invoice_day) as last_line_day,
    count(*) as line_count,
    count(distinct product_code) as product_count,
    cast(sum(quantity) as bigint) as unit_count,
    cast(sum(total_amount) as decimal(18, 2)) as order_amount,
    min(country) as country
from {{ ref('int_total_amount_calc') }}
where
    in_behaviour_models
    and customer_id is not null
group by
    customer_id,
    invoice_no
