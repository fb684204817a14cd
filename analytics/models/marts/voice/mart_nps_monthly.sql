-- Satisfaction by month: net promoter score, satisfied share, effort. Months without an
-- answer have no row.

with sums as (
    select
        month_start,
        {{ satisfaction_sums() | indent(4) }}
    from {{ ref('customer_satisfaction_scores') }}
    where survey_type in ('NPS', 'CSAT', 'CES')
    group by month_start
)

select
    month_start,
    {{ satisfaction_figures() }}
from sums
