-- What each customer has spent in each category of merchants.

with spent as (
    select
        customer_id,
        merchant_category_id,
        count(*) as line_count,
        cast(sum(amount) as decimal(18, 2)) as gross_revenue,
        max(transaction_day) as last_day
    from {{ ref('fct_transactions') }}
    where
        in_behaviour_models
        and merchant_category_id is not null
        and transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
    group by
        customer_id,
        merchant_category_id
)

select
    spent.customer_id,
    spent.merchant_category_id,
    categories.category_name,
    categories.category_group,
    spent.line_count,
    spent.gross_revenue,
    spent.last_day
from spent
left join {{ ref('dim_merchant_category') }} as categories
    on spent.merchant_category_id = categories.merchant_category_id
