-- A line without an order is a return of its own, named by the line.
select
    'return' as kind, min(transaction_at) as "at", coalesce(order_id, transaction_id) as id,
    'Return' || coalesce(' ' || any_value(order_id), '') as title,
    count(*) || case when count(*) = 1 then ' line' else ' lines' end
        || coalesce(', ' || abs(sum(quantity))::bigint || case when abs(sum(quantity)) = 1 then ' unit' else ' units' end, '') as detail,
    any_value(channel) as channel, sum(amount) as amount, null::double as value, null::varchar as status
from {fct_transactions}
where customer_id = $1 and transaction_class = 'return'
group by coalesce(order_id, transaction_id)
