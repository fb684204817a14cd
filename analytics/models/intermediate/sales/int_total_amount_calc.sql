-- The lines that make net revenue up to the snapshot date, with their margin, in the words of the sales log.

{{ config(materialized='view') }}

select
    transaction_id,
    transaction_class as line_class,
    in_behaviour_models,
    coalesce(order_id, transaction_id) as invoice_no,
    product_id as product_code,
    customer_id,
    country,
    transaction_at as invoice_date,
    transaction_day as invoice_day,
    quantity,
    amount as total_amount,
    margin_amount as total_margin,
    _load_id,
    _line
from {{ ref('fct_transactions') }}
-- A log replayed as of an earlier day must not know what came after.
where transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
