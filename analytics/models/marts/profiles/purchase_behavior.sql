-- How each buyer buys: how often, how much, what, when.

-- The greatest sum first, then who has it: numbering all categories and products of all customers would take several times
-- as long.
with category_sums as (
    select
        customer_id,
        max(gross_revenue) as greatest_revenue,
        sum(gross_revenue) as category_revenue,
        count(*) as category_count
    from {{ ref('int_customer_category_spend') }}
    group by customer_id
),

top_categories as (
    select
        spent.customer_id,
        min(spent.merchant_category_id) as merchant_category_id
    from {{ ref('int_customer_category_spend') }} as spent
    inner join category_sums
        on
            spent.customer_id = category_sums.customer_id
            and spent.gross_revenue = category_sums.greatest_revenue
    group by spent.customer_id
),

greatest_sums as (
    select
        _customer_number,
        max(gross_revenue) as gross_revenue
    from {{ ref('int_customer_products') }}
    group by _customer_number
),

top_products as (
    select
        numbers.customer_id,
        min(bought.product_id) as product_id
    from {{ ref('int_customer_products') }} as bought
    inner join greatest_sums
        on
            bought._customer_number = greatest_sums._customer_number
            and bought.gross_revenue = greatest_sums.gross_revenue
    inner join {{ ref('int_customer_numbers') }} as numbers
        on bought._customer_number = numbers.customer_number
    group by numbers.customer_id
)

select
    kpis.customer_id,
    kpis.snapshot_date,
    kpis.first_order_day,
    kpis.last_order_day,
    kpis.recency,
    kpis.tenure,
    kpis.order_count,
    kpis.is_repeat_customer,
    groups.order_rate,
    groups.behavioural_group,
    kpis.net_revenue,
    kpis.return_rate,
    kpis.average_order_value,
    kpis.largest_order_amount,
    kpis.last_order_amount,
    kpis.average_units_per_order,
    kpis.average_lines_per_order,
    spending.mean_gap_days,
    spending.longest_gap_days,
    spending.spend_momentum,
    spending.discounted_line_share,
    spending.sustainable_share,
    kpis.morning_order_share,
    kpis.weekend_order_share,
    groups.top_quarter_share,
    kpis.distinct_product_count,
    top_products.product_id as top_product_id,
    products.product_name as top_product_name,
    coalesce(category_sums.category_count, 0) as category_count,
    coalesce(categories.category_name, top_categories.merchant_category_id) as top_category_name,
    {{ share_of('category_sums.greatest_revenue', 'category_sums.category_revenue') }} as top_category_share,
    groups.top_brand,
    groups.top_brand_share,
    groups.visit_count_90d,
    groups.orders_per_visit
from {{ ref('obt_customer_kpis_and_segmentation') }} as kpis
inner join {{ ref('customer_spending_metrics') }} as spending
    on kpis.customer_id = spending.customer_id
inner join {{ ref('int_customer_behavioural_groups') }} as groups
    on kpis.customer_id = groups.customer_id
left join category_sums
    on kpis.customer_id = category_sums.customer_id
left join top_categories
    on kpis.customer_id = top_categories.customer_id
left join {{ ref('dim_merchant_category') }} as categories
    on top_categories.merchant_category_id = categories.merchant_category_id
left join top_products
    on kpis.customer_id = top_products.customer_id
left join {{ ref('dim_product') }} as products
    on top_products.product_id = products.product_id
