-- What each customer has bought of each product. Only lines that name a product: card payments know their merchant's
-- category alone.

select
    customer_id,
    product_id,
    count(*) as line_count,
    cast(sum(quantity) as bigint) as unit_count,
    cast(sum(amount) as decimal(18, 2)) as gross_revenue,
    min(transaction_day) as first_day,
    max(transaction_day) as last_day
from {{ ref('fct_transactions') }}
where
    in_behaviour_models
    and product_id is not null
    and transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
group by
    customer_id,
    product_id
