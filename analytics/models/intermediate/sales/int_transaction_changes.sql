-- What the builds of int_transactions changed: its rows (sign 1), and the rows that these replaced (sign -1). A table of sums
-- over all transactions is kept right by adding sign times the figure over the builds that it has not seen; a row that a
-- build wrote again as it was cancels out. All that was ever sold is in the rows of sign 1 alone.

{{ config(materialized='view') }}

select
    1 as sign,
    source_system,
    transaction_day,
    transaction_class,
    customer_id,
    product_id,
    coalesce(merchant_category_id, product_category_id) as merchant_category_id,
    quantity,
    amount,
    _build_number
from {{ ref('int_transactions') }}

union all

select
    -1 as sign,
    replaced_source_system as source_system,
    replaced_day as transaction_day,
    replaced_class as transaction_class,
    replaced_customer_id as customer_id,
    replaced_product_id as product_id,
    replaced_merchant_category_id as merchant_category_id,
    replaced_quantity as quantity,
    replaced_amount as amount,
    _build_number
from {{ ref('int_transactions') }}
where replaced_class is not null
