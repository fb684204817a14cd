select order_id, 1 as v from {{ ref('orders') }}
