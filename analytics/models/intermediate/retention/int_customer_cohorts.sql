-- The cohort of each buyer: the month of the first purchase.

select
    rfm.customer_id,
    rfm.snapshot_date,
    rfm.first_order_day,
    cast({{ dbt.date_trunc('month', 'rfm.first_order_day') }} as date) as cohort_month,
    coalesce(customers.acquisition_channel, 'unknown') as acquisition_channel
from {{ ref('int_customer_rfm_values') }} as rfm
left join {{ ref('stg_customer_data') }} as customers
    on rfm.customer_id = customers.customer_id
