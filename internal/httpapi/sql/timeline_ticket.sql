select
    'ticket' as kind, opened_at as "at", ticket_id as id, coalesce(category, 'Ticket') as title, 'priority ' || priority as detail,
    channel, null::decimal(18, 2) as amount, satisfaction_score::double as value,
    case when is_open then 'open' when is_breached then 'resolved late' else 'resolved' end as status
from {support_tickets}
where customer_id = $1
