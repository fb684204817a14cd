-- Features before each cut-off with the label of the days after it. Split it by cut-off and never
-- by chance: rows of one customer at several cut-offs know of each other.

{{ config(materialized='view') }}

select
    features.customer_id,
    features.cutoff_date,
    labels.label_end_date,
    features.first_order_day,
    features.last_order_day,
    {{ prefixed(churn_features(), 'features') | replace(', ', ',\n    ') }},
    mapping.rfm_segmentation,
    labels.sale_line_count_before >= {{ var('churn_min_transactions') }} as has_enough_transactions,
    labels.is_inactive,
    labels.is_spend_drop,
    labels.is_churned
from {{ ref('int_churn_features') }} as features
inner join {{ ref('churn_labels') }} as labels
    on
        features.customer_id = labels.customer_id
        and features.cutoff_date = labels.cutoff_date
left join {{ ref('rfm_segment_mapping') }} as mapping
    on
        features.r_score = mapping.r_score
        and features.f_score = mapping.f_score
        and features.m_score = mapping.m_score
