-- How each customer behaves, those without any purchase included: what they buy, how often,
-- and what they say.

with months as (
    select
        customer_id,
        sum(order_count) as order_count,
        count(case when sale_line_count > 0 then 1 end) as active_month_count,
        sum(active_day_count) as active_day_count,
        min(first_order_day) as first_order_day,
        max(last_order_day) as last_order_day,
        sum(sale_line_count) as sale_line_count,
        sum(gross_revenue) as gross_revenue,
        sum(returns_amount) as returns_amount,
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin,
        sum(discounted_line_count) as discounted_line_count,
        sum(travel_amount) as travel_amount,
        sum(necessity_amount) as necessity_amount,
        sum(discretionary_amount) as discretionary_amount,
        sum(known_product_amount) as known_product_amount,
        sum(sustainable_amount) as sustainable_amount,
        sum(morning_order_count) as morning_order_count,
        sum(weekend_order_count) as weekend_order_count
    from {{ ref('int_customer_monthly') }}
    group by customer_id
)

select
    customers.customer_id,
    cast(coalesce(months.order_count, 0) as bigint) as order_count,
    coalesce(months.active_month_count, 0) as active_month_count,
    cast(coalesce(months.active_day_count, 0) as bigint) as active_day_count,
    months.first_order_day,
    months.last_order_day,
    {{ dbt.datediff('months.last_order_day', 'snapshot.snapshot_date', 'day') }} as recency,
    {{ dbt.datediff('months.first_order_day', 'snapshot.snapshot_date', 'day') }} as tenure,
    {{ share_of(
        dbt.datediff('months.first_order_day', 'months.last_order_day', 'day'),
        'months.active_day_count - 1'
    ) }} as average_gap_days,
    cast(coalesce(months.gross_revenue, 0) as decimal(18, 2)) as gross_revenue,
    cast(coalesce(months.returns_amount, 0) as decimal(18, 2)) as returns_amount,
    cast(coalesce(months.net_revenue, 0) as decimal(18, 2)) as net_revenue,
    cast(coalesce(months.net_margin, 0) as decimal(18, 4)) as net_margin,
    cast(months.net_revenue / nullif(months.order_count, 0) as decimal(18, 4)) as average_order_value,
    {{ share_of('months.discounted_line_count', 'months.sale_line_count') }} as discounted_line_share,
    {{ share_of('months.travel_amount', 'months.gross_revenue') }} as travel_share,
    {{ share_of('months.necessity_amount', 'months.gross_revenue') }} as necessity_share,
    {{ share_of('months.discretionary_amount', 'months.gross_revenue') }} as discretionary_share,
    {{ share_of('months.sustainable_amount', 'months.known_product_amount') }} as sustainable_share,
    {{ share_of('months.morning_order_count', 'months.order_count') }} as morning_order_share,
    {{ share_of('months.weekend_order_count', 'months.order_count') }} as weekend_order_share,
    voice.nps_score,
    voice.nps_group,
    voice.average_csat,
    voice.average_rating,
    coalesce(voice.feedback_count, 0) as feedback_count,
    coalesce(voice.ticket_count, 0) as ticket_count,
    coalesce(voice.open_ticket_count, 0) as open_ticket_count
from {{ ref('stg_customer_data') }} as customers
cross join {{ ref('int_snapshot') }} as snapshot
left join months
    on customers.customer_id = months.customer_id
left join {{ ref('int_customer_voice') }} as voice
    on customers.customer_id = voice.customer_id
