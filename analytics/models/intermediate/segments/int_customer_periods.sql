-- What each customer did in periods of 30 days, counted back from the snapshot date. Every
-- trailing window and every state at an earlier day of the customer model is a sum of these
-- rows. Days are read as far back as windows need them; what is older comes from the months, in
-- one row a customer.

with bounds as (
    select
        snapshot_date,
        -- The month where the older period ends is read by day, as the cut lies inside it.
        cast({{ dbt.date_trunc('month', dbt.dateadd('day', -period_days() * older_period(), 'snapshot_date')) }} as date)
            as first_daily_month,
        cast({{ dbt.dateadd('day', -1, 'snapshot_date') }} as date) as last_day
    from {{ ref('int_snapshot') }}
),

calendar as (
    {{ calendar_days('bounds', 'first_daily_month', 'last_day') | indent(4) }}
),

-- Each day is put into its period once, and not each row.
day_periods as (
    select
        calendar.calendar_day,
        least({{ period_of('calendar.calendar_day', 'bounds.snapshot_date') }}, {{ older_period() }}) as period_index,
        {{ dbt.datediff('calendar.calendar_day', 'bounds.snapshot_date', 'day') }} <= 365 as is_last_365_days
    from calendar
    cross join bounds
),

recent_sums as (
    select
        daily._customer_number as customer_number,
        day_periods.period_index,
        day_periods.is_last_365_days,
        sum(daily.order_count) as order_count,
        sum(case when daily.sale_line_count > 0 then 1 else 0 end) as active_day_count,
        sum(daily.sale_line_count) as sale_line_count,
        sum(daily.unit_count) as unit_count,
        sum(daily.gross_revenue) as gross_revenue,
        sum(daily.returns_amount) as returns_amount,
        sum(daily.net_margin) as net_margin,
        max(case when daily.sale_line_count > 0 then daily.activity_date end) as last_order_day
    from {{ ref('mart_customer_daily') }} as daily
    inner join day_periods
        on daily.activity_date = day_periods.calendar_day
    group by
        daily._customer_number,
        day_periods.period_index,
        day_periods.is_last_365_days
),

recent as (
    select
        numbers.customer_id,
        recent_sums.period_index,
        recent_sums.is_last_365_days,
        recent_sums.order_count,
        recent_sums.active_day_count,
        recent_sums.sale_line_count,
        recent_sums.unit_count,
        recent_sums.gross_revenue,
        recent_sums.returns_amount,
        recent_sums.net_margin,
        recent_sums.last_order_day
    from recent_sums
    inner join {{ ref('int_customer_numbers') }} as numbers
        on recent_sums.customer_number = numbers.customer_number
),

-- One row for all that is older, from the months and from the days of the month with the cut.
older as (
    select
        customer_id,
        order_count,
        active_day_count,
        sale_line_count,
        unit_count,
        gross_revenue,
        returns_amount,
        net_margin,
        last_order_day
    from recent
    where period_index = {{ older_period() }}

    union all

    select
        monthly.customer_id,
        monthly.order_count,
        monthly.active_day_count,
        monthly.sale_line_count,
        monthly.unit_count,
        monthly.gross_revenue,
        monthly.returns_amount,
        monthly.net_margin,
        monthly.last_order_day
    from {{ ref('int_customer_monthly') }} as monthly
    where monthly.month_start < (select first_daily_month from bounds)
),

pieces as (
    select *
    from recent
    where period_index < {{ older_period() }}

    union all

    select
        customer_id,
        {{ older_period() }} as period_index,
        false as is_last_365_days,
        sum(order_count) as order_count,
        sum(active_day_count) as active_day_count,
        sum(sale_line_count) as sale_line_count,
        sum(unit_count) as unit_count,
        sum(gross_revenue) as gross_revenue,
        sum(returns_amount) as returns_amount,
        sum(net_margin) as net_margin,
        max(last_order_day) as last_order_day
    from older
    group by customer_id
)

select
    customer_id,
    period_index,
    is_last_365_days,
    cast(order_count as bigint) as order_count,
    cast(active_day_count as bigint) as active_day_count,
    cast(sale_line_count as bigint) as sale_line_count,
    cast(unit_count as bigint) as unit_count,
    cast(gross_revenue as decimal(18, 2)) as gross_revenue,
    cast(returns_amount as decimal(18, 2)) as returns_amount,
    cast(gross_revenue + returns_amount as decimal(18, 2)) as net_revenue,
    cast(net_margin as decimal(18, 4)) as net_margin,
    last_order_day
from pieces
