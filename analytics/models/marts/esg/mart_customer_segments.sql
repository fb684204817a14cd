-- The spending segments: how many customers, what they are worth, how sustainable they are and
-- how many stay. Customers without a purchase are in it, so that the counts add up to all
-- customers; they have no lifetime value yet, and nobody can tell whether they stay.

with customers as (
    select
        segments.customer_id,
        segments.customer_segment,
        behavior.order_count,
        behavior.gross_revenue,
        behavior.net_revenue,
        behavior.net_margin,
        cast(lifetime.lifetime_value as decimal(18, 4)) as lifetime_value,
        cast(perception.sustainability_score as decimal(9, 4)) as sustainability_score,
        coalesce(metrics.order_count_prior_90d > 0, false) as was_active,
        coalesce(metrics.order_count_prior_90d > 0 and metrics.order_count_90d > 0, false) as stayed_active
    from {{ ref('int_customer_segments') }} as segments
    inner join {{ ref('int_customer_behavior') }} as behavior
        on segments.customer_id = behavior.customer_id
    left join {{ ref('int_sustainability_perception') }} as perception
        on segments.customer_id = perception.customer_id
    left join {{ ref('int_customer_lifetime_value') }} as lifetime
        on segments.customer_id = lifetime.customer_id
    left join {{ ref('customer_spending_metrics') }} as metrics
        on segments.customer_id = metrics.customer_id
),

sums as (
    select
        customer_segment,
        count(*) as customer_count,
        sum(order_count) as order_count,
        sum(gross_revenue) as gross_revenue,
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin,
        count(lifetime_value) as lifetime_value_count,
        coalesce(sum(lifetime_value), 0) as lifetime_value_sum,
        coalesce(sum({{ exact_product('lifetime_value', 'lifetime_value', 4) }}), 0) as lifetime_value_squares,
        count(sustainability_score) as sustainability_count,
        coalesce(sum(sustainability_score), 0) as sustainability_sum,
        coalesce(sum(sustainability_score * sustainability_score), 0) as sustainability_squares,
        sum(case when was_active then 1 else 0 end) as active_before_count,
        sum(case when stayed_active then 1 else 0 end) as retained_count
    from customers
    group by customer_segment
),

shares as (
    select
        *,
        sum(customer_count) over () as all_customer_count,
        sum(net_revenue) over () as all_net_revenue
    from sums
)

select
    customer_segment,
    customer_count,
    {{ share_of('customer_count', 'all_customer_count') }} as customer_share,
    cast(order_count as bigint) as order_count,
    cast(gross_revenue as decimal(18, 2)) as gross_revenue,
    cast(net_revenue as decimal(18, 2)) as net_revenue,
    {{ share_of('net_revenue', 'all_net_revenue') }} as revenue_share,
    cast(net_margin as decimal(18, 4)) as net_margin,
    cast(net_revenue / nullif(order_count, 0) as decimal(18, 4)) as average_order_value,
    lifetime_value_count,
    {{ mean_figures('lifetime_value_sum', 'lifetime_value_squares', 'lifetime_value_count', 'avg_lifetime_value') }},
    sustainability_count,
    {{ mean_figures('sustainability_sum', 'sustainability_squares', 'sustainability_count', 'sustainability_score') }},
    cast(active_before_count as bigint) as active_before_count,
    cast(retained_count as bigint) as retained_count,
    {{ share_figures('retained_count', 'active_before_count', 'retention_rate') }}
from shares
