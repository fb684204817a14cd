-- Each transaction that was delivered, in however many deliveries, is stored once, with the money of one of them.

select
    delivered.transaction_id,
    delivered.smallest_amount,
    delivered.greatest_amount,
    stored.amount
from (
    select
        transaction_id,
        min(amount) as smallest_amount,
        max(amount) as greatest_amount
    from {{ ref('stg_transactions') }}
    group by transaction_id
) as delivered
full outer join {{ ref('int_transactions') }} as stored
    on delivered.transaction_id = stored.transaction_id
where
    delivered.transaction_id is null
    or stored.transaction_id is null
    or stored.amount < delivered.smallest_amount
    or stored.amount > delivered.greatest_amount
