-- The behavioural group of each buyer, by rules in this order:
--   1. Window Shoppers   visits often and hardly ever orders
--   2. Seasonal Buyers   most orders in one quarter of the year, seen over a year at least
--   3. Bargain Hunters   mostly discounted lines
--   4. Brand Loyal       most spend on one brand
--   5. Frequent Buyers   orders more often than other buyers
--   6. Window Shoppers   everybody else: buys seldom, and for no reason that the others have
-- The more special habit comes first, and how often somebody buys decides for the rest.

with quarters as (
    select
        customer_id,
        extract(quarter from month_start) as quarter_number,
        sum(order_count) as order_count
    from {{ ref('int_customer_monthly') }}
    group by
        customer_id,
        extract(quarter from month_start)
),

seasons as (
    select
        customer_id,
        {{ share_of('max(order_count)', 'sum(order_count)') }} as top_quarter_share
    from quarters
    group by customer_id
),

measured as (
    select
        spending.customer_id,
        spending.snapshot_date,
        spending.tenure,
        spending.lifetime_order_count,
        spending.order_count_90d,
        spending.discounted_line_share,
        aov.sale_line_count,
        seasons.top_quarter_share,
        brands.top_brand,
        brands.top_brand_share,
        coalesce(brands.brand_line_count, 0) as brand_line_count,
        coalesce(visits.visit_count_90d, 0) as visit_count_90d,
        {{ share_of('spending.order_count_90d', 'visits.visit_count_90d') }} as orders_per_visit,
        -- Per 30 days of the last 365, or of the customer's life where that is shorter.
        cast(spending.order_count_365d as double) * {{ period_days() }} / least(spending.tenure, 365) as order_rate
    from {{ ref('customer_spending_metrics') }} as spending
    inner join {{ ref('int_customer_aov') }} as aov
        on spending.customer_id = aov.customer_id
    inner join seasons
        on spending.customer_id = seasons.customer_id
    left join {{ ref('int_customer_brand_loyalty') }} as brands
        on spending.customer_id = brands.customer_id
    left join {{ ref('int_customer_visits') }} as visits
        on spending.customer_id = visits.customer_id
),

ranked as (
    select
        *,
        {{ share_of('rank() over (order by order_rate) - 1', 'count(*) over ()') }} as order_percentile
    from measured
)

select
    customer_id,
    snapshot_date,
    case
        when
            visit_count_90d >= {{ seed_bound('behavioural_group_bounds', 'window_min_visits') }}
            and orders_per_visit <= {{ seed_bound('behavioural_group_bounds', 'window_max_conversion') }}
            then 'Window Shoppers'
        when
            tenure >= {{ seed_bound('behavioural_group_bounds', 'seasonal_min_tenure') }}
            and lifetime_order_count >= {{ seed_bound('behavioural_group_bounds', 'seasonal_min_orders') }}
            and top_quarter_share >= {{ seed_bound('behavioural_group_bounds', 'seasonal_min_share') }}
            then 'Seasonal Buyers'
        when
            sale_line_count >= {{ seed_bound('behavioural_group_bounds', 'bargain_min_lines') }}
            and discounted_line_share >= {{ seed_bound('behavioural_group_bounds', 'bargain_min_share') }}
            then 'Bargain Hunters'
        when
            brand_line_count >= {{ seed_bound('behavioural_group_bounds', 'brand_min_lines') }}
            and top_brand_share >= {{ seed_bound('behavioural_group_bounds', 'brand_min_share') }}
            then 'Brand Loyal'
        when order_percentile >= {{ seed_bound('behavioural_group_bounds', 'frequent_min_percentile') }}
            then 'Frequent Buyers'
        else 'Window Shoppers'
    end as behavioural_group,
    order_rate,
    order_percentile,
    top_quarter_share,
    top_brand,
    top_brand_share,
    visit_count_90d,
    orders_per_visit
from ranked
