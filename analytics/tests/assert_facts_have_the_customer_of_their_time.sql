-- The as-of keys against their definition, by brute force: of the versions of the customer that began by then, the last.
-- Customers of whom one version is known have no choice, so the others are looked at, and their last ninety days of each
-- version, where a wrong key would stand.

with several as (
    select
        customer_id,
        customer_key,
        valid_from
    from {{ ref('dim_customer') }}
    where customer_id in (
        select customer_id
        from {{ ref('dim_customer') }}
        group by customer_id
        having count(*) > 1
    )
),

facts as (
    select
        transactions.transaction_id,
        transactions.customer_id,
        transactions.customer_key,
        transactions.transaction_at
    from {{ ref('fct_transactions') }} as transactions
    inner join several
        on
            transactions.customer_id = several.customer_id
            and transactions.customer_key = several.customer_key
    where {{ dbt.datediff('several.valid_from', 'transactions.transaction_at', 'day') }} between 0 and 90
),

latest as (
    select
        facts.transaction_id,
        max(several.valid_from) as valid_from
    from facts
    left join several
        on
            facts.customer_id = several.customer_id
            and several.valid_from <= facts.transaction_at
    group by facts.transaction_id
)

select
    facts.transaction_id,
    facts.customer_key,
    several.customer_key as expected_customer_key
from facts
inner join latest
    on facts.transaction_id = latest.transaction_id
left join several
    on
        facts.customer_id = several.customer_id
        and latest.valid_from = several.valid_from
where
    several.customer_key is null
    or several.customer_key <> facts.customer_key
