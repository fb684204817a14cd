select
    'return' as kind, min(transaction_at) as "at", coalesce(order_id, min(transaction_id)) as id,
    'Return' || coalesce(' ' || order_id, '') as title,
    count(*) || ' lines, ' || abs(coalesce(sum(quantity), 0)::bigint) || ' units' as detail,
    any_value(channel) as channel, sum(amount) as amount, null::double as value, null::varchar as status
from {fct_transactions}
where customer_id = $1 and transaction_class = 'return'
group by order_id
