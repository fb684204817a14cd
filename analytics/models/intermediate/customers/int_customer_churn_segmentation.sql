-- Risk group by days since the last purchase. The window decides who has churned, whatever
-- the mapping says; a window past the last band stretches that band.

with bands as (
    select
        churn_risk_group,
        min_recency,
        lead(min_recency) over (order by min_recency) as next_min_recency
    from {{ ref('churn_risk_mapping') }}
    where churn_risk_group <> 'Churned'
)

select
    flags.customer_id,
    flags.recency,
    flags.is_churned,
    case
        when flags.is_churned then 'Churned'
        else bands.churn_risk_group
    end as churn_risk_group
from {{ ref('int_customer_churn_flag') }} as flags
left join bands
    on
        flags.recency >= bands.min_recency
        and (flags.recency < bands.next_min_recency or bands.next_min_recency is null)
