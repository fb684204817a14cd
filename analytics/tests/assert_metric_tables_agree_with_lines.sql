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
