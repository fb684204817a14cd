-- Each of the 125 score cells has exactly one group.

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
    cells.r_score,
    cells.f_score,
    cells.m_score,
    count(mapping.rfm_group) as group_count
from cells
left join {{ ref('rfm_group_mapping') }} as mapping
    on
        cells.r_score = mapping.r_score
        and cells.f_score = mapping.f_score
        and cells.m_score = mapping.m_score
group by
    cells.r_score,
    cells.f_score,
    cells.m_score
having count(mapping.rfm_group) <> 1
