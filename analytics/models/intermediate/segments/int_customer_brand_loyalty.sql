-- The brand that each customer spends most on, among products whose brand is known.

with brand_spend as (
    select
        bought.customer_id,
        products.brand,
        sum(bought.line_count) as line_count,
        sum(bought.gross_revenue) as gross_revenue
    from {{ ref('int_customer_products') }} as bought
    inner join {{ ref('dim_product') }} as products
        on bought.product_id = products.product_id
    where products.brand is not null
    group by
        bought.customer_id,
        products.brand
),

ranked as (
    select
        customer_id,
        brand,
        gross_revenue,
        row_number() over (partition by customer_id order by gross_revenue desc, brand) as place,
        sum(line_count) over (partition by customer_id) as brand_line_count,
        sum(gross_revenue) over (partition by customer_id) as brand_revenue,
        count(*) over (partition by customer_id) as brand_count
    from brand_spend
)

select
    customer_id,
    brand as top_brand,
    cast(gross_revenue as decimal(18, 2)) as top_brand_revenue,
    {{ share_of('gross_revenue', 'brand_revenue') }} as top_brand_share,
    cast(brand_line_count as bigint) as brand_line_count,
    brand_count
from ranked
where place = 1
