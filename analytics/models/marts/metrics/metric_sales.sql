-- The lines that make net revenue, as metrics read them: with the range of the product, and whether the customer is new.
-- A view: lines are stored once, and metrics read the smaller tables beside this one where those have what is asked.

{{ config(materialized='view') }}

select
    lines.transaction_id,
    lines.order_id,
    lines.customer_id,
    lines.transaction_at,
    lines.transaction_day,
    lines.transaction_class,
    lines.in_behaviour_models,
    lines.transaction_class in ('sale', 'guest') as is_sold,
    lines.opens_order,
    lines.product_id,
    products.product_name,
    products.category as product_category,
    coalesce(lines.category_group, 'none') as category_group,
    lines.is_sustainable,
    coalesce(lines.channel, 'unknown') as channel,
    lines.country,
    case
        when lines.customer_id is null then 'Guest'
        when lines.transaction_day = starts.first_order_day then 'New'
        -- Whoever returns something before the first sale on record, or has none, bought before the record begins.
        else 'Returning'
    end as customer_type,
    lines.quantity,
    lines.discount_amount,
    lines.is_discounted,
    lines.amount,
    lines.margin_amount,
    lines.source_system
from {{ ref('fct_transactions') }} as lines
left join {{ ref('dim_product') }} as products
    on lines.product_id = products.product_id
left join {{ ref('int_customer_starts') }} as starts
    on lines.customer_id = starts.customer_id
