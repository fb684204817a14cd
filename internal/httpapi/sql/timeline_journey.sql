select
    'journey' as kind, min(event_at) as "at", session_key as id, 'Visit' as title,
    string_agg(event_name, ', ' order by event_number) as detail,
    any_value(channel) as channel, null::decimal(18, 2) as amount, count(*)::double as value, any_value(device) as status
from {customer_journey_events}
where customer_id = $1
group by session_key
