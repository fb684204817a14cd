-- The smaller tables that metrics read say the same as the lines, day by day and to the penny.

with lines as (
    select
        transaction_day,
        sum(case when opens_order then 1 else 0 end) as order_count,
        -- Payments name no units.
        sum(case when is_sold then coalesce(quantity, 0) else 0 end) as unit_count,
        sum(case when is_sold then 1 else 0 end) as sold_line_count,
        sum(amount) as net_revenue,
        sum(margin_amount) as net_margin,
        count(distinct case when in_behaviour_models then customer_id end) as customer_count
    from {{ ref('metric_sales') }}
    where transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
    group by transaction_day
),

daily as (
    select
        transaction_day,
        sum(order_count) as order_count,
        sum(unit_count) as unit_count,
        sum(sold_line_count) as sold_line_count,
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin
    from {{ ref('metric_daily') }}
    group by transaction_day
),

segments as (
    select
        attribute_name,
        transaction_day,
        sum(order_count) as order_count,
        sum(unit_count) as unit_count,
        sum(sold_line_count) as sold_line_count,
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin,
        sum(customer_count) as customer_count
    from {{ ref('metric_daily_segments') }}
    group by
        attribute_name,
        transaction_day
)

select
    'metric_daily' as compared,
    coalesce(lines.transaction_day, daily.transaction_day) as transaction_day
from lines
full outer join daily
    on lines.transaction_day = daily.transaction_day
where
    lines.order_count is distinct from daily.order_count
    or lines.unit_count is distinct from daily.unit_count
    or lines.sold_line_count is distinct from daily.sold_line_count
    or lines.net_revenue is distinct from daily.net_revenue
    or lines.net_margin is distinct from daily.net_margin

union all

select
    'metric_daily_segments: ' || coalesce(segments.attribute_name, 'none') as compared,
    coalesce(lines.transaction_day, segments.transaction_day) as transaction_day
from lines
full outer join segments
    on lines.transaction_day = segments.transaction_day
where
    lines.order_count is distinct from segments.order_count
    or lines.unit_count is distinct from segments.unit_count
    or lines.sold_line_count is distinct from segments.sold_line_count
    or lines.net_revenue is distinct from segments.net_revenue
    or lines.net_margin is distinct from segments.net_margin
    or lines.customer_count is distinct from segments.customer_count

union all

select
    'metric_monthly' as compared,
    coalesce(lines.month_start, monthly.month_start) as transaction_day
from (
    select
        cast({{ dbt.date_trunc('month', 'transaction_day') }} as date) as month_start,
        sum(order_count) as order_count,
        sum(unit_count) as unit_count,
        sum(sold_line_count) as sold_line_count,
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin
    from lines
    group by cast({{ dbt.date_trunc('month', 'transaction_day') }} as date)
) as lines
full outer join (
    select
        month_start,
        sum(order_count) as order_count,
        sum(unit_count) as unit_count,
        sum(sold_line_count) as sold_line_count,
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin
    from {{ ref('metric_monthly') }}
    group by month_start
) as monthly
    on lines.month_start = monthly.month_start
where
    lines.order_count is distinct from monthly.order_count
    or lines.unit_count is distinct from monthly.unit_count
    or lines.sold_line_count is distinct from monthly.sold_line_count
    or lines.net_revenue is distinct from monthly.net_revenue
    or lines.net_margin is distinct from monthly.net_margin

union all

select
    'metric_weekly_customers: ' || weeks.attribute_name as compared,
    weeks.week_start as transaction_day
from (
    select
        attribute_name,
        week_start,
        sum(customer_count) as customer_count
    from {{ ref('metric_weekly_customers') }}
    group by
        attribute_name,
        week_start
) as weeks
left join (
    select
        cast({{ dbt.date_trunc('week', 'transaction_day') }} as date) as week_start,
        count(distinct customer_id) as customer_count
    from {{ ref('metric_sales') }}
    where
        in_behaviour_models
        and transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
    group by cast({{ dbt.date_trunc('week', 'transaction_day') }} as date)
) as lines
    on weeks.week_start = lines.week_start
where weeks.customer_count is distinct from lines.customer_count
