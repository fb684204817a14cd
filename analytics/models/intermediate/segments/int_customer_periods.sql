-- What each customer did in periods of 30 days, counted back from the snapshot date. Every
-- trailing window, cut-off and state at an earlier day of the customer model is a sum of
-- these rows. Days are read as far back as windows need them; what is older comes from the
-- months, in one row a customer.

with bounds as (
    select
        snapshot_date,
        -- The month where the older period ends is read by day, as the cut lies inside it.
        cast({{ dbt.date_trunc('month', dbt.dateadd('day', -period_days() * older_period(), 'snapshot_date')) }} as date)
            as first_daily_month
    from {{ ref('int_snapshot') }}
),

days as (
    select
        daily.customer_id,
        {{ period_of('daily.activity_date', 'bounds.snapshot_date') }} as period_index,
        {{ dbt.datediff('daily.activity_date', 'bounds.snapshot_date', 'day') }} <= 365 as is_last_365_days,
        daily.order_count,
        case when daily.sale_line_count > 0 then 1 else 0 end as active_day_count,
        daily.sale_line_count,
        daily.return_line_count,
        daily.unit_count,
        daily.gross_revenue,
        daily.returns_amount,
        daily.net_revenue,
        daily.net_margin,
        case when daily.sale_line_count > 0 then daily.activity_date end as first_order_day,
        case when daily.sale_line_count > 0 then daily.activity_date end as last_order_day
    from {{ ref('mart_customer_daily') }} as daily
    cross join bounds
    where
        daily.activity_date >= bounds.first_daily_month
        and daily.activity_date < bounds.snapshot_date
),

pieces as (
    select
        customer_id,
        least(period_index, {{ older_period() }}) as period_index,
        is_last_365_days,
        order_count,
        active_day_count,
        sale_line_count,
        return_line_count,
        unit_count,
        gross_revenue,
        returns_amount,
        net_revenue,
        net_margin,
        first_order_day,
        last_order_day
    from days

    union all

    select
        monthly.customer_id,
        {{ older_period() }} as period_index,
        false as is_last_365_days,
        monthly.order_count,
        monthly.active_day_count,
        monthly.sale_line_count,
        monthly.return_line_count,
        monthly.unit_count,
        monthly.gross_revenue,
        monthly.returns_amount,
        monthly.net_revenue,
        monthly.net_margin,
        monthly.first_order_day,
        monthly.last_order_day
    from {{ ref('int_customer_monthly') }} as monthly
    cross join bounds
    where monthly.month_start < bounds.first_daily_month
)

select
    customer_id,
    period_index,
    is_last_365_days,
    cast(sum(order_count) as bigint) as order_count,
    cast(sum(active_day_count) as bigint) as active_day_count,
    cast(sum(sale_line_count) as bigint) as sale_line_count,
    cast(sum(return_line_count) as bigint) as return_line_count,
    cast(sum(unit_count) as bigint) as unit_count,
    cast(sum(gross_revenue) as decimal(18, 2)) as gross_revenue,
    cast(sum(returns_amount) as decimal(18, 2)) as returns_amount,
    cast(sum(net_revenue) as decimal(18, 2)) as net_revenue,
    cast(sum(net_margin) as decimal(18, 4)) as net_margin,
    min(first_order_day) as first_order_day,
    max(last_order_day) as last_order_day
from pieces
group by
    customer_id,
    period_index,
    is_last_365_days
