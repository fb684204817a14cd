-- The cluster of each buyer with what one asks about it next.

{% set bounds = var('activity_status_days') %}

select
    clusters.customer_id,
    customers.country,
    customers.gender,
    segments.age_band,
    segments.income_band,
    customers.acquisition_channel,
    clusters.segment_id,
    clusters.segment_name,
    clusters.model_version,
    aov.order_count,
    aov.net_revenue as total_revenue,
    rfm.recency as days_since_last_purchase,
    aov.average_order_value,
    cltv.historic_margin,
    cltv.lifetime_value as customer_lifetime_value,
    case
        when rfm.recency <= {{ bounds[0] }} then 'Active'
        when rfm.recency <= {{ bounds[1] }} then 'Recent'
        when rfm.recency <= {{ bounds[2] }} then 'Dormant'
        else 'Inactive'
    end as activity_status,
    clusters.scored_at,
    cast(rfm.snapshot_date as timestamp) as updated_at
from {{ ref('ml_customer_segments') }} as clusters
inner join {{ ref('int_customer_rfm_values') }} as rfm
    on clusters.customer_id = rfm.customer_id
inner join {{ ref('int_customer_aov') }} as aov
    on clusters.customer_id = aov.customer_id
inner join {{ ref('int_customer_lifetime_value') }} as cltv
    on clusters.customer_id = cltv.customer_id
inner join {{ ref('stg_customer_data') }} as customers
    on clusters.customer_id = customers.customer_id
inner join {{ ref('customer_segments') }} as segments
    on clusters.customer_id = segments.customer_id
