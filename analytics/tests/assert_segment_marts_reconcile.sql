-- The marts by segment and by group have every customer once, and all of their money.

with customers as (
    select count(*) as customer_count
    from {{ ref('stg_customer_data') }}
),

money as (
    select
        coalesce(sum(net_revenue), 0) as net_revenue,
        coalesce(sum(net_margin), 0) as net_margin,
        coalesce(sum(known_product_amount), 0) as known_product_amount
    from {{ ref('int_customer_monthly') }}
),

checks as (
    select
        'mart_customer_segments' as what,
        coalesce(sum(segments.customer_count), 0) as customer_count,
        coalesce(sum(segments.net_revenue), 0) as amount,
        max(money.net_revenue) as expected_amount
    from money
    left join {{ ref('mart_customer_segments') }} as segments
        on true
    union all
    select
        'mart_segment_finance' as what,
        coalesce(sum(finance.customer_count), 0) as customer_count,
        coalesce(sum(finance.net_margin), 0) as amount,
        max(money.net_margin) as expected_amount
    from money
    left join {{ ref('mart_segment_finance') }} as finance
        on true
    union all
    select
        'mart_sustainability_preferences by ' || preferences.dimension_name as what,
        sum(preferences.customer_count) as customer_count,
        sum(preferences.known_product_amount) as amount,
        max(money.known_product_amount) as expected_amount
    from {{ ref('mart_sustainability_preferences') }} as preferences
    cross join money
    group by preferences.dimension_name
)

select
    checks.what,
    checks.customer_count,
    customers.customer_count as expected_count,
    checks.amount,
    checks.expected_amount
from checks
cross join customers
where
    checks.customer_count <> customers.customer_count
    or checks.amount <> checks.expected_amount
