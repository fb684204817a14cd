-- The lines that make net revenue, with the keys of the dimensions. A view: the rows are stored once, in
-- int_transactions.

{{ config(materialized='view') }}

select
    transaction_id,
    order_id,
    customer_id,
    customer_key,
    -- The keys of the two small dimensions are made of their ids, so that they need not be stored with each line.
    case when is_sustainable is not null then {{ surrogate_key(['product_id']) }} end as product_key,
    case
        when is_known_category then {{ surrogate_key(['coalesce(merchant_category_id, product_category_id)']) }}
    end as merchant_category_key,
    transaction_at,
    transaction_day,
    transaction_class,
    transaction_class = 'sale' as in_behaviour_models,
    opens_order,
    opens_document,
    order_amount,
    product_id,
    coalesce(merchant_category_id, product_category_id) as merchant_category_id,
    category_group,
    is_sustainable,
    channel,
    country,
    quantity,
    discount_amount,
    coalesce(discount_amount > 0, false) as is_discounted,
    amount,
    case
        when unit_cost is not null and quantity is not null then cast(amount - quantity * unit_cost as decimal(18, 4))
        -- Below it, cents times a margin with six decimals are within 64 bits. The product in full takes ten times as long.
        when abs(amount) < 90000000000 then cast(amount * {{ business_constant('gross_margin') }} as decimal(18, 4))
        else cast({{ exact_product('amount', business_constant('gross_margin'), 2, 6) }} as decimal(18, 4))
    end as margin_amount,
    source_system,
    _load_id,
    _line,
    _build_number
from {{ ref('int_transactions') }}
where in_net_revenue
