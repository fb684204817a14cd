-- Answers to surveys that fit their scale, up to the snapshot date. An answer without a
-- customer counts in every figure but those of customers.

select
    answers.response_id,
    answers.customer_id,
    answers.survey_type,
    answers.question,
    answers.score,
    cast(answers.score - answers.min_score as double) / (answers.max_score - answers.min_score) as scale_share,
    case
        when answers.survey_type <> 'NPS' then null
        when answers.score >= 9 then 'promoter'
        when answers.score <= 6 then 'detractor'
        else 'passive'
    end as nps_group,
    case when answers.survey_type = 'CSAT' then answers.score >= 4 end as is_satisfied,
    answers.responded_at,
    answers.response_day,
    cast({{ dbt.date_trunc('month', 'answers.response_day') }} as date) as month_start,
    answers.channel,
    customers.country,
    answers.comment
from {{ ref('stg_survey_data') }} as answers
left join {{ ref('stg_customer_data') }} as customers
    on answers.customer_id = customers.customer_id
where
    answers.set_aside_reason is null
    and {{ before_snapshot('answers.response_day') }}
