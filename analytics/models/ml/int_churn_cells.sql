-- What each customer did in cells of 30 days around the cut-offs, and in all that is older in one
-- row. Only cells of which a day changed are made anew: see int_churn_cell_inputs.

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_when_made_of_other(ref('int_churn_cell_inputs'), 'cell_inputs') }}"
) }}

with wanted as (
    select
        cell_index,
        cell_inputs
    from {{ ref('int_churn_cell_inputs') }}
    where {{ is_to_be_made('cell_inputs') }}
),

bounds as (
    select
        min(cell_index) - {{ older_period() }} as older_cell,
        {{ cell_start('(min(cell_index) - ' ~ (older_period() - 1) ~ ')') }} as first_day,
        cast({{ dbt.dateadd('day', -1, 'max(label_end_date)') }} as date) as last_day
    from {{ ref('int_churn_cutoffs') }}
),

-- The month where the older cell ends is read by day, as the cut lies inside it.
reach as (
    select
        older_cell,
        last_day,
        cast({{ dbt.date_trunc('month', 'first_day') }} as date) as first_daily_month
    from bounds
),

calendar as (
    {{ calendar_days('reach', 'first_daily_month', 'last_day') | indent(4) }}
),

day_cells as (
    select
        calendar.calendar_day,
        wanted.cell_index
    from calendar
    cross join reach
    inner join wanted
        on greatest({{ cell_of('calendar.calendar_day') }}, reach.older_cell) = wanted.cell_index
),

recent_sums as (
    select
        daily._customer_number as customer_number,
        day_cells.cell_index,
        sum(daily.order_count) as order_count,
        sum(case when daily.sale_line_count > 0 then 1 else 0 end) as active_day_count,
        sum(daily.sale_line_count) as sale_line_count,
        sum(daily.unit_count) as unit_count,
        sum(daily.gross_revenue) as gross_revenue,
        sum(daily.returns_amount) as returns_amount,
        sum(daily.net_margin) as net_margin,
        max(case when daily.sale_line_count > 0 then daily.activity_date end) as last_order_day
    from {{ ref('mart_customer_daily') }} as daily
    inner join day_cells
        on daily.activity_date = day_cells.calendar_day
    group by
        daily._customer_number,
        day_cells.cell_index
),

pieces as (
    select
        numbers.customer_id,
        recent_sums.cell_index,
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

    union all

    select
        monthly.customer_id,
        reach.older_cell as cell_index,
        monthly.order_count,
        monthly.active_day_count,
        monthly.sale_line_count,
        monthly.unit_count,
        monthly.gross_revenue,
        monthly.returns_amount,
        monthly.net_margin,
        monthly.last_order_day
    from {{ ref('int_customer_monthly') }} as monthly
    inner join reach
        on monthly.month_start < reach.first_daily_month
    inner join wanted
        on reach.older_cell = wanted.cell_index
)

select
    pieces.customer_id,
    pieces.cell_index,
    cast(sum(pieces.order_count) as bigint) as order_count,
    cast(sum(pieces.active_day_count) as bigint) as active_day_count,
    cast(sum(pieces.sale_line_count) as bigint) as sale_line_count,
    cast(sum(pieces.unit_count) as bigint) as unit_count,
    cast(sum(pieces.gross_revenue) as decimal(18, 2)) as gross_revenue,
    cast(sum(pieces.returns_amount) as decimal(18, 2)) as returns_amount,
    cast(sum(pieces.net_margin) as decimal(18, 4)) as net_margin,
    max(pieces.last_order_day) as last_order_day,
    wanted.cell_inputs as _inputs
from pieces
inner join wanted
    on pieces.cell_index = wanted.cell_index
group by
    pieces.customer_id,
    pieces.cell_index,
    wanted.cell_inputs
