-- The name of each customer's score cell. A cell without a name shows up as NULL and fails
-- the model's tests, where an inner join would lose the customer.

select
    scores.customer_id,
    scores.r_score,
    scores.f_score,
    scores.m_score,
    scores.rfm_cell,
    scores.rfm_total,
    mapping.rfm_segmentation
from {{ ref('int_customer_rfm_score') }} as scores
left join {{ ref('rfm_segment_mapping') }} as mapping
    on
        scores.r_score = mapping.r_score
        and scores.f_score = mapping.f_score
        and scores.m_score = mapping.m_score
