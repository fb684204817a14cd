-- Features before each cut-off with the label of the days after it. Split it by cut-off and never
-- by chance: rows of one customer at several cut-offs know of each other.

select
    features.customer_id,
    features.cutoff_date,
    labels.label_end_date,
    features.first_order_day,
    features.last_order_day,
    {{ prefixed(churn_features(), 'features') | replace(', ', ',\n    ') }},
    labels.sale_line_count_before >= {{ var('churn_min_transactions') }} as has_enough_transactions,
    labels.is_inactive,
    labels.is_spend_drop,
    labels.is_churned
from {{ ref('int_churn_features') }} as features
inner join {{ ref('churn_labels') }} as labels
    on
        features.customer_id = labels.customer_id
        and features.cutoff_date = labels.cutoff_date
where not features.is_scoring
