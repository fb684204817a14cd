-- The cluster of each buyer: the nearest centroid of the seed ml_segment_centroids, or what the
-- seed ml_customer_segments_import says, where the clusters were made elsewhere.

select
    assigned.customer_id,
    coalesce(imported.segment_id, assigned.segment_id) as segment_id,
    coalesce(imported.segment_name, assigned.segment_name) as segment_name,
    coalesce(imported.model_version, assigned.model_version) as model_version,
    -- Of the day that the figures are of, so that a second build says the same.
    coalesce(imported.scored_at, cast(assigned.as_of_date as timestamp)) as scored_at,
    case when imported.customer_id is not null then 'import' else 'centroids' end as made_by
from {{ ref('int_ml_segment_assignments') }} as assigned
left join {{ ref('ml_customer_segments_import') }} as imported
    on assigned.customer_id = imported.customer_id
where assigned.period_offset = 0
