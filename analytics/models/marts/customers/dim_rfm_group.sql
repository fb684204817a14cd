-- RFM segments, with customers or without, and how many score cells each covers. SCD 1.

{{ config(
    materialized='incremental',
    incremental_strategy='merge',
    unique_key='rfm_group_key',
    on_schema_change='append_new_columns',
    post_hook="{{ delete_vanished('rfm_segmentation', ref('rfm_segments')) }}"
) }}

with cells as (
    select
        rfm_segmentation,
        count(*) as cell_count
    from {{ ref('rfm_segment_mapping') }}
    group by rfm_segmentation
)

select
    {{ surrogate_key(['segments.rfm_segmentation']) }} as rfm_group_key,
    segments.rfm_segmentation,
    segments.sort_order,
    coalesce(cells.cell_count, 0) as cell_count,
    segments.description,
    segments.recommended_action
from {{ ref('rfm_segments') }} as segments
left join cells
    on segments.rfm_segmentation = cells.rfm_segmentation
