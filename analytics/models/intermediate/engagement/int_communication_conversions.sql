-- The first order of each message's customer within communication_conversion_days of the message, for held-out customers
-- within the same time of when it would have been sent.
--
-- Read from the transactions and not from the days: what was bought in the morning is no answer to the message of the
-- afternoon. And from the stored table and not from its view, whose products and categories are not asked for. An incremental run looks again at messages that came or moved, and at those whose time for an order
-- overlaps a day with changed transactions; they are taken out before, and what is missing is put in.

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_changed_conversions() }}"
) }}

with messages as (
    select
        messages.communication_id,
        messages.customer_id,
        messages.sent_at,
        messages.sent_day
    from {{ ref('stg_communications') }} as messages
    where
        messages.sent_day < (select snapshot_date from {{ ref('int_snapshot') }})
        {%- if is_incremental() %}
        and not exists (
            select 1
            from {{ this }} as stored
            where stored.communication_id = messages.communication_id
        )
        {%- endif %}
),

-- Equal days are looked up at once; a span of days would be compared with each of them.
days as (
    {%- for offset in range(var('communication_conversion_days') + 1) %}
    select
        communication_id,
        customer_id,
        sent_at,
        cast({{ dbt.dateadd('day', offset, 'sent_day') }} as date) as order_day
    from messages
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

orders as (
    select
        days.communication_id,
        min(transactions.transaction_at) as converted_at
    from {{ ref('int_transactions') }} as transactions
    inner join days
        on
            transactions.customer_id = days.customer_id
            and transactions.transaction_day = days.order_day
    where
        transactions.opens_order
        {%- if is_incremental() %}
        and transactions.transaction_day >= {{ sql_date(first_conversion_day()) }}
        {%- endif %}
        and transactions.transaction_at >= days.sent_at
        and transactions.transaction_at < days.sent_at + interval '{{ var('communication_conversion_days') }}' day
        and transactions.transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
    group by days.communication_id
)

select
    messages.communication_id,
    messages.customer_id,
    messages.sent_at,
    messages.sent_day,
    orders.converted_at,
    {{ transactions_build() }} as _build_number,
    '{{ conversion_inputs() }}' as _inputs
from messages
left join orders
    on messages.communication_id = orders.communication_id
