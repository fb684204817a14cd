-- Orders and money per calendar day from the first revenue line to the snapshot date, days without any included. An order
-- counts on the day of its first line.

with customer_days as (
    select
        activity_date,
        sum(case when sale_line_count > 0 then 1 else 0 end) as customer_count,
        sum(order_count) as order_count,
        sum(unit_count) as unit_count,
        sum(gross_revenue) as sale_amount,
        sum(returns_amount) as return_amount,
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin
    from {{ ref('mart_customer_daily') }}
    group by activity_date
),

-- Lines that name no customer are in no customer's day.
guest_days as (
    select
        transaction_day as activity_date,
        sum(case when opens_order then 1 else 0 end) as order_count,
        sum(case when transaction_class = 'guest' then quantity else 0 end) as unit_count,
        sum(case when transaction_class = 'guest' then amount else 0 end) as guest_amount,
        sum(case when transaction_class = 'return' then amount else 0 end) as return_amount,
        sum(amount) as net_revenue,
        sum(margin_amount) as net_margin
    from {{ ref('fct_transactions') }}
    where
        customer_id is null
        and transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
    group by transaction_day
),

calendar_bounds as (
    select
        min(days.activity_date) as first_day,
        cast({{ dbt.dateadd('day', -1, 'max(snapshot.snapshot_date)') }} as date) as last_day
    from (
        select activity_date from customer_days
        union all
        select activity_date from guest_days
    ) as days
    cross join {{ ref('int_snapshot') }} as snapshot
),

calendar as (
    {{ calendar_days('calendar_bounds', 'first_day', 'last_day') | indent(4) }}
)

select
    calendar.calendar_day as revenue_date,
    cast(coalesce(customer_days.customer_count, 0) as bigint) as customer_count,
    cast(coalesce(customer_days.order_count, 0) + coalesce(guest_days.order_count, 0) as bigint) as order_count,
    cast(coalesce(customer_days.unit_count, 0) + coalesce(guest_days.unit_count, 0) as bigint) as unit_count,
    cast(coalesce(customer_days.sale_amount, 0) as decimal(18, 2)) as sale_amount,
    cast(coalesce(guest_days.guest_amount, 0) as decimal(18, 2)) as guest_amount,
    cast(coalesce(customer_days.return_amount, 0) + coalesce(guest_days.return_amount, 0) as decimal(18, 2))
        as return_amount,
    cast(coalesce(customer_days.net_revenue, 0) + coalesce(guest_days.net_revenue, 0) as decimal(18, 2))
        as net_revenue,
    cast(coalesce(customer_days.net_margin, 0) + coalesce(guest_days.net_margin, 0) as decimal(18, 4)) as net_margin
from calendar
left join customer_days
    on calendar.calendar_day = customer_days.activity_date
left join guest_days
    on calendar.calendar_day = guest_days.activity_date
