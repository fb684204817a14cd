select
    'order' as kind, min(transaction_at) as "at", order_id as id, 'Order ' || order_id as title,
    count(*) || ' lines, ' || coalesce(sum(quantity), 0)::bigint || ' units' as detail,
    any_value(channel) as channel, sum(amount) as amount, null::double as value, null::varchar as status
from {fct_transactions}
where customer_id = $1 and transaction_class = 'sale' and order_id is not null
group by order_id
