-- Products as last delivered.

with typed as (
    select
        nullif(trim(product_id), '') as product_id,
        nullif(trim(product_name), '') as product_name,
        nullif(trim(category), '') as category,
        nullif(trim(brand), '') as brand,
        nullif(trim(merchant_category_id), '') as merchant_category_id,
        -- Nothing costs less than nothing.
        case when unit_cost >= 0 then unit_cost end as unit_cost,
        case when list_price >= 0 then list_price end as list_price,
        coalesce(lower(nullif(trim(sustainability_label), '')), 'none') as sustainability_label,
        coalesce(_load_id, 0) as _load_id,
        row_number() over (
            partition by trim(product_id)
            order by _load_id desc nulls last, _line desc nulls last, _file desc nulls last
        ) as newest_first
    from {{ source('bronze', 'products') }}
)

select
    product_id,
    product_name,
    category,
    brand,
    merchant_category_id,
    unit_cost,
    list_price,
    sustainability_label,
    sustainability_label <> 'none' as is_sustainable,
    _load_id
from typed
where
    newest_first = 1
    and product_id is not null
