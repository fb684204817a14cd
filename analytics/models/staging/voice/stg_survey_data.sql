-- Answers to surveys with the scale of their survey, the last delivery of each. Answers that
-- fit no scale keep their row and say why they are set aside: nothing is clipped, and
-- mart_voice_quality counts them.

with deliveries as (
    select
        trim(response_id) as response_id,
        nullif(trim(customer_id), '') as customer_id,
        upper(nullif(trim(survey_type), '')) as survey_type,
        lower(nullif(trim(question), '')) as question,
        score,
        responded_at,
        lower(nullif(trim(channel), '')) as channel,
        nullif(trim(comment), '') as comment,
        _file,
        _line,
        _load_id,
        {{ newest_delivery(['trim(response_id)']) }} as delivery_rank
    from {{ source('bronze', 'survey_responses') }}
    where trim(response_id) <> ''
)

select
    deliveries.response_id,
    deliveries.customer_id,
    deliveries.survey_type,
    deliveries.question,
    deliveries.score,
    scales.min_score,
    scales.max_score,
    deliveries.responded_at,
    cast(deliveries.responded_at as date) as response_day,
    deliveries.channel,
    deliveries.comment,
    case
        when scales.survey_type is null then 'unknown survey'
        when deliveries.score is null then 'no score'
        when deliveries.score < scales.min_score or deliveries.score > scales.max_score then 'out of scale'
        when deliveries.responded_at is null then 'no time'
    end as set_aside_reason,
    deliveries._file,
    deliveries._line,
    deliveries._load_id
from deliveries
left join {{ ref('survey_scales') }} as scales
    on deliveries.survey_type = scales.survey_type
where deliveries.delivery_rank = 1
