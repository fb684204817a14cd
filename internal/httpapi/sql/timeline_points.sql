select
    'points' as kind, entry_at as "at", entry_id as id, 'Points ' || entry_type as title, null::varchar as detail,
    null::varchar as channel, null::decimal(18, 2) as amount, points::double as value, entry_type as status
from {stg_loyalty_data}
where customer_id = $1
