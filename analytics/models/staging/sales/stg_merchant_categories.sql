-- Categories of merchants as last delivered.

with typed as (
    select
        nullif(trim(merchant_category_id), '') as merchant_category_id,
        nullif(trim(category_name), '') as category_name,
        lower(nullif(trim(category_group), '')) as category_group,
        coalesce(_load_id, 0) as _load_id,
        row_number() over (
            partition by trim(merchant_category_id)
            order by _load_id desc nulls last, _line desc nulls last, _file desc nulls last
        ) as newest_first
    from {{ source('bronze', 'merchant_categories') }}
)

select
    merchant_category_id,
    category_name,
    category_group,
    _load_id
from typed
where
    newest_first = 1
    and merchant_category_id is not null
