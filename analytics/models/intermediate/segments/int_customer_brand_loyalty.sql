-- The brand that each customer spends most on, among products whose brand is known.

with brand_spend as (
    select
        bought._customer_number as customer_number,
        products.brand,
        sum(bought.line_count) as line_count,
        sum(bought.gross_revenue) as gross_revenue
    from {{ ref('int_customer_products') }} as bought
    inner join {{ ref('dim_product') }} as products
        on bought.product_id = products.product_id
    where products.brand is not null
    group by
        bought._customer_number,
        products.brand
),

ranked as (
    select
        customer_number,
        brand,
        gross_revenue,
        row_number() over (partition by customer_number order by gross_revenue desc, brand) as place,
        sum(line_count) over (partition by customer_number) as brand_line_count,
        sum(gross_revenue) over (partition by customer_number) as brand_revenue,
        count(*) over (partition by customer_number) as brand_count
    from brand_spend
)

select
    numbers.customer_id,
    ranked.brand as top_brand,
    cast(ranked.gross_revenue as decimal(18, 2)) as top_brand_revenue,
    {{ share_of('ranked.gross_revenue', 'ranked.brand_revenue') }} as top_brand_share,
    cast(ranked.brand_line_count as bigint) as brand_line_count,
    ranked.brand_count
from ranked
inner join {{ ref('int_customer_numbers') }} as numbers
    on ranked.customer_number = numbers.customer_number
where ranked.place = 1
