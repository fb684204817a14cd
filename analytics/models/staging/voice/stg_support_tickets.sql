-- Requests to the support team in their newest state. A score off the scale of 1 to 5 is set
-- aside and counted in mart_voice_quality; so is an answer or a solution that is older than
-- its ticket. The ticket stays.

with deliveries as (
    select
        trim(ticket_id) as ticket_id,
        nullif(trim(customer_id), '') as customer_id,
        opened_at,
        first_response_at,
        resolved_at,
        lower(nullif(trim(channel), '')) as channel,
        lower(nullif(trim(category), '')) as category,
        lower(nullif(trim(priority), '')) as priority,
        lower(nullif(trim(status), '')) as status,
        satisfaction_score,
        _file,
        _line,
        _load_id,
        {{ newest_delivery(['trim(ticket_id)']) }} as delivery_rank
    from {{ source('bronze', 'support_tickets') }}
    where trim(ticket_id) <> ''
)

select
    ticket_id,
    customer_id,
    opened_at,
    cast(opened_at as date) as opened_day,
    case when first_response_at >= opened_at then first_response_at end as first_response_at,
    case when resolved_at >= opened_at then resolved_at end as resolved_at,
    channel,
    category,
    priority,
    status,
    case when satisfaction_score between 1 and 5 then satisfaction_score end as satisfaction_score,
    satisfaction_score as delivered_satisfaction_score,
    coalesce(first_response_at < opened_at or resolved_at < opened_at, false) as has_impossible_time,
    case when opened_at is null then 'no time' end as set_aside_reason,
    _file,
    _line,
    _load_id
from deliveries
where delivery_rank = 1
