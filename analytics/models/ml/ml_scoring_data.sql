-- The same features on the snapshot date: what a trained model is asked about. The label lies in
-- the future.

{{ config(materialized='view') }}

select
    features.customer_id,
    features.cutoff_date,
    features.first_order_day,
    features.last_order_day,
    {{ prefixed(churn_features(), 'features') | replace(', ', ',\n    ') }},
    mapping.rfm_segmentation,
    aov.sale_line_count >= {{ var('churn_min_transactions') }} as has_enough_transactions
from {{ ref('int_churn_scoring') }} as features
inner join {{ ref('int_customer_aov') }} as aov
    on features.customer_id = aov.customer_id
left join {{ ref('rfm_segment_mapping') }} as mapping
    on
        features.r_score = mapping.r_score
        and features.f_score = mapping.f_score
        and features.m_score = mapping.m_score
