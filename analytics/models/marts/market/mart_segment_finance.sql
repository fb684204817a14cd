-- What each spending segment brings and costs. Costs are those that the sources tell: messages
-- and rewards for referrals. Tickets are counted, as nobody says what one costs.

with message_costs as (
    select
        customer_id,
        sum(cost) as message_cost
    from {{ ref('stg_communications') }}
    where
        {{ before_snapshot('sent_day') }}
        and not is_holdout
    group by customer_id
),

reward_costs as (
    select
        referrer_customer_id as customer_id,
        sum(reward_amount) as reward_cost
    from {{ ref('referral_program') }}
    where
        is_converted
        and reward_amount is not null
    group by referrer_customer_id
),

sums as (
    select
        segments.customer_segment,
        count(*) as customer_count,
        sum(behavior.gross_revenue) as gross_revenue,
        sum(behavior.returns_amount) as returns_amount,
        sum(behavior.net_revenue) as net_revenue,
        sum(behavior.net_margin) as net_margin,
        sum(message_costs.message_cost) as message_cost,
        sum(reward_costs.reward_cost) as reward_cost,
        sum(behavior.ticket_count) as ticket_count
    from {{ ref('int_customer_segments') }} as segments
    inner join {{ ref('int_customer_behavior') }} as behavior
        on segments.customer_id = behavior.customer_id
    left join message_costs
        on segments.customer_id = message_costs.customer_id
    left join reward_costs
        on segments.customer_id = reward_costs.customer_id
    group by segments.customer_segment
),

totals as (
    select
        *,
        -- Unknown where neither source has a row, and then nothing is taken off.
        case
            when message_cost is not null or reward_cost is not null
                then coalesce(message_cost, 0) + coalesce(reward_cost, 0)
        end as cost_to_serve,
        sum(net_revenue) over () as all_net_revenue,
        sum(net_margin) over () as all_net_margin
    from sums
)

select
    customer_segment,
    customer_count,
    cast(gross_revenue as decimal(18, 2)) as gross_revenue,
    cast(returns_amount as decimal(18, 2)) as returns_amount,
    cast(net_revenue as decimal(18, 2)) as net_revenue,
    {{ share_of('net_revenue', 'all_net_revenue') }} as revenue_share,
    cast(net_margin as decimal(18, 4)) as net_margin,
    {{ share_of('net_margin', 'all_net_margin') }} as margin_share,
    {{ share_of('net_margin', 'net_revenue') }} as margin_rate,
    cast(message_cost as decimal(18, 4)) as message_cost,
    cast(reward_cost as decimal(18, 4)) as reward_cost,
    cast(cost_to_serve as decimal(18, 4)) as cost_to_serve,
    cast(ticket_count as bigint) as ticket_count,
    cast(net_margin - coalesce(cost_to_serve, 0) as decimal(18, 4)) as contribution,
    cast((net_margin - coalesce(cost_to_serve, 0)) / customer_count as decimal(18, 4)) as contribution_per_customer
from totals
