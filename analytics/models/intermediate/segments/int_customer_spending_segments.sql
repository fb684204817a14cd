-- The spending segment of each buyer, by rules on behaviour in this order:
--   1. New & Growing          first purchase not long ago; or some time ago, and growing
--   2. Declining              spends less than a share of what was usual, or nothing for a year
--   3. High-Value Travelers   high spend rate, and travel well above the median customer's share
--   4. Budget-Conscious       low spend rate; or a middling one, and mostly discounted lines
--   5. Stable Mid-Spenders    everybody else
-- A trend is set against that of all customers, so that a season moves nobody, and spend and
-- orders both have to show it: one dear purchase makes neither growth nor, later, a decline.

with customers as (
    select
        customer_id,
        snapshot_date,
        recency,
        tenure,
        spend_90d,
        order_count_90d,
        spend_365d,
        travel_share,
        discounted_line_share,
        -- Per 30 days of the last 365, or of the customer's life where that is shorter.
        cast(spend_365d as double) * {{ period_days() }} / least(tenure, 365) as spend_rate,
        -- What 90 days brought in the up to 270 days before the last 90.
        {%- for measure in ['spend', 'order_count'] %}
        case
            when tenure > 90 then cast({{ measure }}_prior_270d * 90.0 / least(270, tenure - 90) as decimal(18, 4))
        end as usual_{{ measure }}_90d{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('customer_spending_metrics') }}
),

-- Those who bought in both windows show the season, without those who left or came.
season as (
    select
        {{ share_of('sum(spend_90d)', 'sum(usual_spend_90d)') }} as spend_trend,
        {{ share_of('sum(order_count_90d)', 'sum(usual_order_count_90d)') }} as order_trend
    from customers
    where
        spend_90d > 0
        and usual_spend_90d > 0
),

median_customer as (
    select percentile_cont(0.5) within group (order by coalesce(travel_share, 0)) as travel_share
    from customers
),

measured as (
    select
        customers.customer_id,
        customers.snapshot_date,
        customers.recency,
        customers.tenure,
        customers.spend_90d,
        customers.spend_rate,
        customers.usual_spend_90d,
        coalesce(customers.travel_share, 0) as travel_share,
        coalesce(customers.discounted_line_share, 0) as discounted_line_share,
        {{ share_of('rank() over (order by customers.spend_rate) - 1', 'count(*) over ()') }} as spend_percentile,
        {{ share_of('customers.spend_90d', 'customers.usual_spend_90d') }} / season.spend_trend as trend_index,
        {{ share_of('customers.order_count_90d', 'customers.usual_order_count_90d') }} / season.order_trend
            as order_trend_index,
        median_customer.travel_share as median_travel_share
    from customers
    cross join season
    cross join median_customer
)

select
    customer_id,
    snapshot_date,
    case
        when
            tenure <= {{ seed_bound('spending_segment_bounds', 'new_max_tenure') }}
            or (
                tenure <= {{ seed_bound('spending_segment_bounds', 'growing_max_tenure') }}
                and trend_index >= {{ seed_bound('spending_segment_bounds', 'growing_min_trend') }}
                and order_trend_index >= {{ seed_bound('spending_segment_bounds', 'growing_min_trend') }}
            )
            then 'New & Growing'
        when
            (
                trend_index < {{ seed_bound('spending_segment_bounds', 'declining_max_trend') }}
                and order_trend_index < {{ seed_bound('spending_segment_bounds', 'declining_max_trend') }}
            )
            or (spend_90d = 0 and usual_spend_90d = 0)
            then 'Declining'
        when
            spend_percentile >= {{ seed_bound('spending_segment_bounds', 'high_value_min_percentile') }}
            and travel_share >= {{ seed_bound('spending_segment_bounds', 'travel_min_share') }}
            and travel_share >= {{ seed_bound('spending_segment_bounds', 'travel_min_ratio') }} * median_travel_share
            then 'High-Value Travelers'
        when
            spend_percentile < {{ seed_bound('spending_segment_bounds', 'budget_max_percentile') }}
            or (
                spend_percentile < {{ seed_bound('spending_segment_bounds', 'bargain_max_percentile') }}
                and discounted_line_share >= {{ seed_bound('spending_segment_bounds', 'bargain_min_share') }}
            )
            then 'Budget-Conscious'
        else 'Stable Mid-Spenders'
    end as spending_segment,
    spend_rate,
    spend_percentile,
    trend_index,
    order_trend_index,
    travel_share,
    discounted_line_share
from measured
