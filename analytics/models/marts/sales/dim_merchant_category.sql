-- Categories of merchants with their group. SCD 1.

select
    {{ surrogate_key(['merchant_category_id']) }} as merchant_category_key,
    merchant_category_id,
    category_name,
    category_group,
    _load_id
from {{ ref('stg_merchant_categories') }}
