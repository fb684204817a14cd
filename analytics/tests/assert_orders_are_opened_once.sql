-- The mark on one line of each order against its definition: distinct baskets of a customer with a sale line, and each sale
-- line that is in no basket.

with marked as (
    select count(*) as order_count
    from {{ ref('fct_transactions') }}
    where opens_order
),

counted as (
    select
        (
            select count(*)
            from (
                select distinct
                    order_id,
                    customer_id
                from {{ ref('fct_transactions') }}
                where
                    order_id is not null
                    and transaction_class <> 'return'
            ) as baskets
        ) + (
            select count(*)
            from {{ ref('fct_transactions') }}
            where
                order_id is null
                and transaction_class <> 'return'
        ) as order_count
)

select
    marked.order_count,
    counted.order_count as expected_order_count
from marked
cross join counted
where marked.order_count <> counted.order_count
