-- The star's centre: measures of each customer with keys to the three group dimensions.

{{ config(
    materialized='incremental',
    incremental_strategy='merge',
    unique_key='customer_id',
    on_schema_change='append_new_columns',
    post_hook="{{ delete_vanished('customer_id', ref('int_customer_rfm_values')) }}"
) }}

select
    rfm.customer_id,
    {{ surrogate_key(['segments.rfm_segmentation']) }} as rfm_group_key,
    {{ surrogate_key(['tiers.cltv_profit_segmentation']) }} as cltv_group_key,
    {{ surrogate_key(['churn.churn_risk_group']) }} as churn_group_key,
    rfm.snapshot_date,
    rfm.recency,
    rfm.frequency,
    rfm.monetary,
    rfm.tenure,
    segments.r_score,
    segments.f_score,
    segments.m_score,
    aov.order_count,
    aov.gross_revenue,
    aov.returns_amount,
    aov.net_revenue,
    aov.average_order_value,
    aov.average_line_value,
    cltv.historic_margin,
    cltv.cltv_classic_revenue,
    cltv.cltv_classic_profit,
    churn.is_churned
from {{ ref('int_customer_rfm_values') }} as rfm
inner join {{ ref('int_customer_rfm_segmentation') }} as segments
    on rfm.customer_id = segments.customer_id
inner join {{ ref('int_customer_aov') }} as aov
    on rfm.customer_id = aov.customer_id
inner join {{ ref('int_customer_cltv') }} as cltv
    on rfm.customer_id = cltv.customer_id
inner join {{ ref('int_customer_cltv_segmentation') }} as tiers
    on rfm.customer_id = tiers.customer_id
inner join {{ ref('int_customer_churn_segmentation') }} as churn
    on rfm.customer_id = churn.customer_id
