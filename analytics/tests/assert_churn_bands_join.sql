-- The churn bands start at 0 days and follow each other without gap or overlap.

with bands as (
    select
        churn_risk_group,
        min_recency,
        max_recency,
        lag(max_recency) over (order by min_recency) as previous_max_recency,
        row_number() over (order by min_recency) as position
    from {{ ref('churn_risk_mapping') }}
)

select *
from bands
where
    (position = 1 and min_recency <> 0)
    or (position > 1 and (previous_max_recency is null or min_recency <> previous_max_recency + 1))
