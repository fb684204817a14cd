-- Orders and money per calendar day from the first revenue line to the snapshot date, days
-- without any included.

with daily as (
    select
        invoice_day,
        count(distinct case when in_behaviour_models then customer_id end) as customer_count,
        count(distinct case when line_class <> 'return' then invoice_no end) as order_count,
        sum(case when line_class <> 'return' then quantity else 0 end) as unit_count,
        sum(case when in_behaviour_models then total_amount else 0 end) as sale_amount,
        sum(case when line_class = 'guest' then total_amount else 0 end) as guest_amount,
        sum(case when line_class = 'return' then total_amount else 0 end) as return_amount,
        sum(total_amount) as net_revenue,
        sum(total_margin) as net_margin
    from {{ ref('int_total_amount_calc') }}
    group by invoice_day
),

calendar_bounds as (
    select
        min(daily.invoice_day) as first_day,
        cast({{ dbt.dateadd('day', -1, 'max(snapshot.snapshot_date)') }} as date) as last_day
    from daily
    cross join {{ ref('int_snapshot') }} as snapshot
),

calendar as (
    {{ calendar_days('calendar_bounds', 'first_day', 'last_day') | indent(4) }}
)

select
    calendar.calendar_day as revenue_date,
    coalesce(daily.customer_count, 0) as customer_count,
    coalesce(daily.order_count, 0) as order_count,
    cast(coalesce(daily.unit_count, 0) as bigint) as unit_count,
    cast(coalesce(daily.sale_amount, 0) as decimal(18, 2)) as sale_amount,
    cast(coalesce(daily.guest_amount, 0) as decimal(18, 2)) as guest_amount,
    cast(coalesce(daily.return_amount, 0) as decimal(18, 2)) as return_amount,
    cast(coalesce(daily.net_revenue, 0) as decimal(18, 2)) as net_revenue,
    cast(coalesce(daily.net_margin, 0) as decimal(18, 4)) as net_margin
from calendar
left join daily
    on calendar.calendar_day = daily.invoice_day
