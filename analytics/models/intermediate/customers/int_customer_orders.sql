-- One row an order (basket, or payment): the sale lines of one customer under one order number. A view, for looking at the
-- orders of a customer or a day: figures of all customers are added up from int_customer_monthly.

{{ config(materialized='view') }}

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
where in_behaviour_models
group by
    customer_id,
    invoice_no
