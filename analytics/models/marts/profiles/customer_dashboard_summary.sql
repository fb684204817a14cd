-- The headline figures of each buyer. Rules stand beside predictions, which are empty until a
-- trained model has made some.

{{ config(materialized='view') }}

select
    clusters.customer_id,
    clusters.updated_at,
    segments.spending_segment,
    segments.rfm_group,
    segments.behavioural_group,
    clusters.segment_name as ml_segment_name,
    clusters.order_count,
    clusters.total_revenue,
    clusters.average_order_value,
    clusters.days_since_last_purchase,
    clusters.activity_status,
    value_rules.historic_margin,
    value_rules.expected_margin_12m,
    value_rules.lifetime_value,
    value_rules.churn_probability,
    churn.churn_risk_group,
    predictions.churn_risk_score,
    predictions.churn_risk_band,
    predictions.model_version as churn_model_version
from {{ ref('fct_customer_segments') }} as clusters
inner join {{ ref('customer_segments') }} as segments
    on clusters.customer_id = segments.customer_id
inner join {{ ref('int_customer_lifetime_value') }} as value_rules
    on clusters.customer_id = value_rules.customer_id
inner join {{ ref('int_customer_churn_segmentation') }} as churn
    on clusters.customer_id = churn.customer_id
left join {{ ref('churn_predictions') }} as predictions
    on clusters.customer_id = predictions.customer_id
