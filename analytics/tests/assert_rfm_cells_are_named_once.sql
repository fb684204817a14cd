-- All 125 score cells have exactly one name, and no other cell has any.

with scores as (
    select 1 as score
    union all
    select 2 as score
    union all
    select 3 as score
    union all
    select 4 as score
    union all
    select 5 as score
),

cells as (
    select
        r.score as r_score,
        f.score as f_score,
        m.score as m_score
    from scores as r
    cross join scores as f
    cross join scores as m
)

select
    coalesce(cells.r_score, mapping.r_score) as r_score,
    coalesce(cells.f_score, mapping.f_score) as f_score,
    coalesce(cells.m_score, mapping.m_score) as m_score,
    count(mapping.rfm_segmentation) as name_count
from cells
full outer join {{ ref('rfm_segment_mapping') }} as mapping
    on
        cells.r_score = mapping.r_score
        and cells.f_score = mapping.f_score
        and cells.m_score = mapping.m_score
group by
    coalesce(cells.r_score, mapping.r_score),
    coalesce(cells.f_score, mapping.f_score),
    coalesce(cells.m_score, mapping.m_score)
having
    count(mapping.rfm_segmentation) <> 1
    or count(cells.r_score) <> 1
