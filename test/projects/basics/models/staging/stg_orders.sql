{{ config(tags=['orders'], meta={'grain': 'one row an order'}) }}

with source as (
    select * from {{ ref('orders') }}
)

select
    id as order_id,
    customer,
    {{ cents('amount') }} as amount_cents,
    country,
    ordered_at
from source
