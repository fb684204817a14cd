-- The lines that make net revenue, with the keys of the dimensions. A view: the rows are stored once, in
-- int_transactions, and what products and categories say now holds for old lines too.

{{ config(materialized='view') }}

select
    transactions.transaction_id,
    transactions.order_id,
    transactions.customer_id,
    transactions.customer_key,
    products.product_key,
    categories.merchant_category_key,
    transactions.transaction_at,
    transactions.transaction_day,
    transactions.transaction_class,
    transactions.transaction_class = 'sale' as in_behaviour_models,
    transactions.opens_order,
    transactions.opens_document,
    transactions.product_id,
    coalesce(transactions.merchant_category_id, products.merchant_category_id) as merchant_category_id,
    categories.category_group,
    products.is_sustainable,
    transactions.channel,
    transactions.country,
    transactions.quantity,
    transactions.discount_amount,
    coalesce(transactions.discount_amount > 0, false) as is_discounted,
    transactions.amount,
    cast(
        case
            when products.unit_cost is not null and transactions.quantity is not null
                then transactions.amount - transactions.quantity * products.unit_cost
            else transactions.amount * {{ business_constant('gross_margin') }}
        end
        as decimal(18, 4)
    ) as margin_amount,
    transactions.source_system,
    transactions._load_id,
    transactions._file,
    transactions._line,
    transactions._build_number
from {{ ref('int_transactions') }} as transactions
left join {{ ref('dim_product') }} as products
    on transactions.product_id = products.product_id
left join {{ ref('dim_merchant_category') }} as categories
    on coalesce(transactions.merchant_category_id, products.merchant_category_id) = categories.merchant_category_id
where transactions.in_net_revenue
