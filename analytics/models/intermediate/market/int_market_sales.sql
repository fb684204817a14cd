-- The shop's own sales by year, country and range, to be set beside market research. Guests and
-- returns are in it: the market counts them too.

with sales as (
    select
        cast(extract(year from month_start) as integer) as sales_year,
        country,
        product_id,
        line_count,
        net_revenue
    from {{ ref('int_product_sales_monthly') }}
)

select
    sales.sales_year,
    coalesce(mapping.country, sales.country, 'unknown') as country,
    coalesce(products.category, 'unknown') as category,
    cast(sum(sales.line_count) as bigint) as line_count,
    cast(sum(sales.net_revenue) as decimal(18, 2)) as net_revenue
from sales
left join {{ ref('dim_product') }} as products
    on sales.product_id = products.product_id
left join {{ ref('country_mapping') }} as mapping
    on sales.country = mapping.source_country
group by
    sales.sales_year,
    coalesce(mapping.country, sales.country, 'unknown'),
    coalesce(products.category, 'unknown')
