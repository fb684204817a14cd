-- Products with cost and label. SCD 1: what a product costs now is what its past lines are valued at.

select
    {{ surrogate_key(['product_id']) }} as product_key,
    product_id,
    product_name,
    category,
    brand,
    merchant_category_id,
    unit_cost,
    list_price,
    sustainability_label,
    is_sustainable,
    _load_id
from {{ ref('stg_products') }}
