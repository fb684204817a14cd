-- Stretches of months over which a product's regular price stays on one level.

with eras as (
    select
        product_code,
        era_number,
        min(first_day) as valid_from,
        max(last_day) as last_sale_day,
        min(regular_price) as lowest_price,
        max(regular_price) as highest_price,
        -- The price of the era's newest month stands for the era.
        max(case when newest_first = 1 then regular_price end) as era_price,
        count(*) as month_count,
        cast(sum(line_count) as bigint) as line_count
    from (
        select
            *,
            row_number() over (
                partition by product_code, era_number
                order by price_month desc
            ) as newest_first
        from {{ ref('int_sku_monthly_prices') }}
    ) as months
    group by
        product_code,
        era_number
),

neighbours as (
    select
        *,
        lead(valid_from) over (partition by product_code order by era_number) as next_valid_from,
        lag(era_price) over (partition by product_code order by era_number) as previous_price
    from eras
)

select
    product_code,
    era_number,
    valid_from,
    cast({{ dbt.dateadd('day', -1, 'next_valid_from') }} as date) as valid_to,
    last_sale_day,
    era_price,
    lowest_price,
    highest_price,
    cast(era_price / previous_price - 1 as double) as price_change,
    month_count,
    line_count
from neighbours
