-- Customers as they are now, one row each, with the ends of their purchase history.

select
    customers.customer_id,
    customers.customer_key,
    {{ prefixed(customer_attributes(), 'customers') | replace(', ', ',\n    ') }},
    customers.age,
    customers.is_inferred,
    rfm.first_order_day,
    rfm.last_order_day,
    rfm.customer_id is not null as has_purchased,
    customers.updated_at
from {{ ref('stg_customer_data') }} as customers
left join {{ ref('int_customer_rfm_values') }} as rfm
    on customers.customer_id = rfm.customer_id
