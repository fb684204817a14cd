-- A better value never has a lower score, and equal values have equal scores: sorted from
-- worst to best, a score is at least the highest one of all worse values, and each value
-- has one score.

{% set measures = [('recency', 'r_score', 'desc'), ('frequency', 'f_score', 'asc'), ('monetary', 'm_score', 'asc')] %}

with by_value as (
    {%- for measure, score, direction in measures %}
    select
        '{{ measure }}' as measure,
        cast({{ measure }} as decimal(18, 2)) as measured,
        {% if direction == 'desc' %}-{% endif %}cast({{ measure }} as decimal(18, 2)) as goodness,
        min({{ score }}) as lowest_score,
        max({{ score }}) as highest_score
    from {{ ref('int_customer_rfm_score') }}
    group by {{ measure }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

compared as (
    select
        *,
        max(highest_score) over (
            partition by measure
            order by goodness
            rows between unbounded preceding and 1 preceding
        ) as highest_score_below
    from by_value
)

select *
from compared
where
    lowest_score <> highest_score
    or lowest_score < highest_score_below
