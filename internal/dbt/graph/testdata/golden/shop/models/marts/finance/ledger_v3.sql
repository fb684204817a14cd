select order_id, 3 as v from {{ ref('orders') }}
