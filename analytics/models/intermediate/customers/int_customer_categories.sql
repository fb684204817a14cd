-- What each customer has spent in each category of merchants, with what is known of the category.

{{ config(materialized='view') }}

select
    spent.customer_id,
    spent.merchant_category_id,
    categories.category_name,
    categories.category_group,
    spent.line_count,
    spent.gross_revenue
from {{ ref('int_customer_category_spend') }} as spent
left join {{ ref('dim_merchant_category') }} as categories
    on spent.merchant_category_id = categories.merchant_category_id
