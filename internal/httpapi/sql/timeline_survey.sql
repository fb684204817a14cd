select
    'survey' as kind, responded_at as "at", response_id as id, survey_type as title, comment as detail,
    channel, null::decimal(18, 2) as amount, score::double as value, nps_group as status
from {customer_satisfaction_scores}
where customer_id = $1
