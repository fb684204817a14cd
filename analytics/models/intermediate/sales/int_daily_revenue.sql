-- Orders and money per calendar day from the first revenue line to the snapshot date, days without any included. An order
-- counts on the day of its first line.

with sales as (
    select
        transaction_day,
        sum(order_count) as order_count,
        sum(unit_count) as unit_count,
        sum(case when customer_type = 'Guest' then 0 else sold_amount end) as sale_amount,
        sum(case when customer_type = 'Guest' then sold_amount else 0 end) as guest_amount,
        sum(return_amount) as return_amount,
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin
    from {{ ref('metric_daily') }}
    group by transaction_day
),

buyers as (
    select
        activity_date,
        count(*) as customer_count
    from {{ ref('mart_customer_daily') }}
    where sale_line_count > 0
    group by activity_date
),

calendar_bounds as (
    select
        min(sales.transaction_day) as first_day,
        cast({{ dbt.dateadd('day', -1, 'max(snapshot.snapshot_date)') }} as date) as last_day
    from sales
    cross join {{ ref('int_snapshot') }} as snapshot
),

calendar as (
    {{ calendar_days('calendar_bounds', 'first_day', 'last_day') | indent(4) }}
)

select
    calendar.calendar_day as revenue_date,
    cast(coalesce(buyers.customer_count, 0) as bigint) as customer_count,
    cast(coalesce(sales.order_count, 0) as bigint) as order_count,
    cast(coalesce(sales.unit_count, 0) as bigint) as unit_count,
    cast(coalesce(sales.sale_amount, 0) as decimal(18, 2)) as sale_amount,
    cast(coalesce(sales.guest_amount, 0) as decimal(18, 2)) as guest_amount,
    cast(coalesce(sales.return_amount, 0) as decimal(18, 2)) as return_amount,
    cast(coalesce(sales.net_revenue, 0) as decimal(18, 2)) as net_revenue,
    cast(coalesce(sales.net_margin, 0) as decimal(18, 4)) as net_margin
from calendar
left join sales
    on calendar.calendar_day = sales.transaction_day
left join buyers
    on calendar.calendar_day = buyers.activity_date
