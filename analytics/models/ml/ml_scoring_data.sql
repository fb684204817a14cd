-- The same features on the snapshot date: what a trained model is asked about. The label lies in
-- the future.

select
    features.customer_id,
    features.cutoff_date,
    features.first_order_day,
    features.last_order_day,
    {{ prefixed(churn_features(), 'features') | replace(', ', ',\n    ') }},
    aov.sale_line_count >= {{ var('churn_min_transactions') }} as has_enough_transactions
from {{ ref('int_churn_features') }} as features
inner join {{ ref('int_customer_aov') }} as aov
    on features.customer_id = aov.customer_id
where features.is_scoring
