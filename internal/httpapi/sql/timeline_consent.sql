select
    'consent' as kind, valid_from as "at", consent_id as id, purpose as title, origin as detail,
    null::varchar as channel, null::decimal(18, 2) as amount, null::double as value,
    case when is_granted then 'granted' else 'withdrawn' end as status
from {customer_consents}
where customer_id = $1
