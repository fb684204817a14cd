-- How many rows of surveys, feedback and tickets count, and why the others do not. The counts
-- of a source add up to its staging model; scores that are set aside while their row
-- counts are told in a column of their own.

with judged as (
    select
        'survey_responses' as source_name,
        coalesce(survey_type, 'none') as kind,
        case
            when set_aside_reason is not null then set_aside_reason
            when {{ before_snapshot('response_day') }} then 'accepted'
            else 'after snapshot'
        end as outcome,
        0 as score_set_aside
    from {{ ref('stg_survey_data') }}
    union all
    select
        'feedback' as source_name,
        coalesce(channel, 'none') as kind,
        case
            when set_aside_reason is not null then set_aside_reason
            when {{ before_snapshot('feedback_day') }} then 'accepted'
            else 'after snapshot'
        end as outcome,
        case when rating is null and delivered_rating is not null then 1 else 0 end as score_set_aside
    from {{ ref('stg_feedback') }}
    union all
    select
        'support_tickets' as source_name,
        coalesce(channel, 'none') as kind,
        case
            when set_aside_reason is not null then set_aside_reason
            when {{ before_snapshot('opened_day') }} then 'accepted'
            else 'after snapshot'
        end as outcome,
        case
            when satisfaction_score is null and delivered_satisfaction_score is not null then 1
            else 0
        end as score_set_aside
    from {{ ref('stg_support_tickets') }}
)

select
    source_name,
    kind,
    outcome,
    count(*) as row_count,
    cast(sum(score_set_aside) as bigint) as score_set_aside_count
from judged
group by
    source_name,
    kind,
    outcome
