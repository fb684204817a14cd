-- Churned: the last purchase is more than churn_window days before the snapshot date.

select
    customer_id,
    recency,
    recency > {{ var('churn_window') }} as is_churned
from {{ ref('int_customer_rfm_values') }}
