-- Eras of a product neither overlap nor run backwards, and only the newest is open.

with eras as (
    select
        product_code,
        era_number,
        valid_from,
        valid_to,
        lead(valid_from) over (partition by product_code order by era_number) as next_valid_from
    from {{ ref('int_sku_price_eras') }}
)

select *
from eras
where
    valid_to < valid_from
    or (next_valid_from is null) <> (valid_to is null)
    or valid_to >= next_valid_from
