-- A line without an order is an order of its own, named by the line.
select
    'order' as kind, min(transaction_at) as "at", coalesce(order_id, transaction_id) as id,
    coalesce('Order ' || any_value(order_id), 'Purchase') as title,
    count(*) || case when count(*) = 1 then ' line' else ' lines' end
        || coalesce(', ' || sum(quantity)::bigint || case when abs(sum(quantity)) = 1 then ' unit' else ' units' end, '') as detail,
    any_value(channel) as channel, sum(amount) as amount, null::double as value, null::varchar as status
from {fct_transactions}
where customer_id = $1 and transaction_class = 'sale'
group by coalesce(order_id, transaction_id)
