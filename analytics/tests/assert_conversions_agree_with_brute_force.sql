-- The first order after a message, for 200 messages, by looking at all transactions of their customers.

with messages as (
    select
        communication_id,
        customer_id,
        sent_at,
        converted_at
    from (
        select
            *,
            row_number() over (order by {{ surrogate_key(['communication_id']) }}) as message_number
        from {{ ref('communication_logs') }}
    ) as numbered
    where message_number <= 200
),

expected as (
    select
        messages.communication_id,
        min(transactions.transaction_at) as converted_at
    from messages
    inner join {{ ref('fct_transactions') }} as transactions
        on messages.customer_id = transactions.customer_id
    where
        transactions.opens_order
        and transactions.transaction_at >= messages.sent_at
        and {{ dbt.dateadd('day', -var('communication_conversion_days'), 'transactions.transaction_at') }} < messages.sent_at
        and transactions.transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
    group by messages.communication_id
)

select
    messages.communication_id,
    messages.converted_at,
    expected.converted_at as expected_at
from messages
left join expected
    on messages.communication_id = expected.communication_id
where
    messages.converted_at <> expected.converted_at
    or (messages.converted_at is null) <> (expected.converted_at is null)
