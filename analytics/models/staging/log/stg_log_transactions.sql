-- The lines of the point-of-sale log in the form of transactions. A till gives its lines no number, so the id is made of
-- what the line says; lines that say the same are counted through.

with keyed as (
    select
        *,
        {{ surrogate_key([
            'invoice_no', 'stock_code', 'description', 'quantity', 'unit_price', 'invoice_date', 'customer_id', 'source_country'
        ]) }} as content_key
    from {{ ref('stg_transaction_logs') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by content_key
            order by _load_id, _file, _line
        ) as repeat_number
    from keyed
)

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
from numbered
