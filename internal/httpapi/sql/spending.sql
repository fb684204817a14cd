-- $1 customer
with bounds as (
    select date_trunc('[grain]', min(month_start)) as first_period, (select snapshot_date from {all int_snapshot}) as snapshot_date
    from {int_customer_monthly}
    where customer_id = $1
),

periods as (
    select unnest(generate_series(first_period, snapshot_date - interval 1 day, interval 1 [grain]))::date as period
    from bounds
    where first_period is not null
),

spent as (
    select
        date_trunc('[grain]', month_start)::date as period, sum(order_count)::bigint as orders, sum(gross_revenue) as revenue,
        sum(returns_amount) as returns, sum(net_revenue) as net_revenue, sum(net_margin) as net_margin
    from {int_customer_monthly}
    where customer_id = $1
    group by 1
)

select
    periods.period, coalesce(orders, 0) as orders, coalesce(revenue, 0) as revenue, coalesce(returns, 0) as returns,
    coalesce(net_revenue, 0) as net_revenue, coalesce(net_margin, 0) as net_margin,
    (periods.period + interval 1 [grain])::date <= (select snapshot_date from bounds) as is_complete
from periods
left join spent using (period)
order by periods.period
