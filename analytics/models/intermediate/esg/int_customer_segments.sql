-- The groups that each customer is in, those without any purchase included: behavioural ones
-- from customer_segments, demographic ones from the newest version of the customer.

select
    customers.customer_id,
    segments.spending_segment as customer_segment,
    segments.rfm_group,
    segments.behavioural_group,
    segments.age_band,
    segments.income_band,
    segments.demographic_segment,
    coalesce(customers.gender, 'unknown') as gender,
    coalesce(customers.country, 'unknown') as country,
    coalesce(customers.region, 'unknown') as region,
    coalesce(customers.acquisition_channel, 'unknown') as acquisition_channel
from {{ ref('stg_customer_data') }} as customers
inner join {{ ref('customer_segments') }} as segments
    on customers.customer_id = segments.customer_id
