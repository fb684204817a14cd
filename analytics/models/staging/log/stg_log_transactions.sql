-- The lines of the point-of-sale log in the form of transactions, each once however many files have it. A till gives its lines
-- no number, so the id is made of what the line says.

select
    content_key || '-' || cast(repeat_number as {{ dbt.type_string() }}) as transaction_id,
    invoice_no as order_id,
    customer_id,
    invoice_date as transaction_at,
    line_class as transaction_class,
    product_code as product_id,
    quantity,
    cast(unit_price as decimal(18, 4)) as unit_price,
    amount,
    country,
    _load_id,
    _file,
    _line
from {{ ref('stg_transaction_logs') }}
where line_class <> 'duplicate'
