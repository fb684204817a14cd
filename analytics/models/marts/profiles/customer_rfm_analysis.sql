-- Values, scores, cell and names of each buyer's recency, frequency and monetary value.

{{ config(materialized='view') }}

select
    rfm.customer_id,
    rfm.snapshot_date,
    rfm.recency,
    rfm.frequency,
    rfm.monetary,
    scores.r_score,
    scores.f_score,
    scores.m_score,
    scores.rfm_cell,
    scores.rfm_total,
    scores.rfm_segmentation,
    segments.rfm_group,
    segments.behavioural_group
from {{ ref('int_customer_rfm_values') }} as rfm
inner join {{ ref('int_customer_rfm_segmentation') }} as scores
    on rfm.customer_id = scores.customer_id
inner join {{ ref('customer_segments') }} as segments
    on rfm.customer_id = segments.customer_id
