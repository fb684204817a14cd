-- What each buyer has left so far, and what a rule expects of the next 365 days: the margin of a
-- purchase day at the customer's own rhythm, while the customer is likely to be one. Figures of
-- few purchases are drawn towards those of all buyers, by the weight of clv_prior_purchases.

with rhythm as (
    select
        spending.customer_id,
        spending.snapshot_date,
        spending.recency,
        spending.active_day_count,
        spending.active_day_count - 1 as gap_count,
        {{ dbt.datediff('spending.first_order_day', 'spending.last_order_day', 'day') }} as gap_days,
        spending.tenure,
        churn.is_churned,
        cltv.historic_revenue,
        cltv.historic_margin
    from {{ ref('customer_spending_metrics') }} as spending
    inner join {{ ref('int_customer_churn_flag') }} as churn
        on spending.customer_id = churn.customer_id
    inner join {{ ref('int_customer_cltv') }} as cltv
        on spending.customer_id = cltv.customer_id
),

-- Means over buyers, so that the few who buy most do not speak for the rest. Decimals, since
-- doubles add up to other last digits in another order. Where nobody came back, the lives so
-- far stand for the gap that nobody has closed.
population as (
    select
        coalesce(
            {{ share_of('sum(cast(cast(gap_days as double) / nullif(gap_count, 0) as decimal(18, 6)))', 'count(nullif(gap_count, 0))') }},
            {{ share_of('sum(tenure)', 'count(*)') }}
        ) as mean_gap,
        {{ share_of('sum(cast(historic_margin / active_day_count as decimal(18, 6)))', 'count(*)') }}
            as margin_per_purchase_day,
        -- Each purchase day is a chance to leave, and the churned have taken it once. The halves
        -- keep it off 0 and 1.
        (sum(case when is_churned then 1 else 0 end) + 0.5e0) / (sum(active_day_count) + 1e0) as dropout_probability
    from rhythm
),

drawn as (
    select
        rhythm.customer_id,
        rhythm.snapshot_date,
        rhythm.recency,
        rhythm.active_day_count,
        rhythm.gap_count,
        rhythm.historic_revenue,
        rhythm.historic_margin,
        (
            {{ var('clv_prior_purchases') }} * population.mean_gap + rhythm.gap_days
        ) / ({{ var('clv_prior_purchases') }} + rhythm.gap_count) as mean_gap,
        (
            {{ var('clv_prior_purchases') }} * population.margin_per_purchase_day + cast(rhythm.historic_margin as double)
        ) / ({{ var('clv_prior_purchases') }} + rhythm.active_day_count) as margin_per_purchase_day,
        population.dropout_probability
    from rhythm
    cross join population
),

judged as (
    select
        *,
        {{ calculate_churn_probability('recency', 'mean_gap', 'dropout_probability') }} as churn_probability
    from drawn
),

valued as (
    select
        *,
        {{ calculate_customer_lifetime_value(
            'margin_per_purchase_day', 'mean_gap', 'dropout_probability', 'churn_probability', 365, business_constant('discount_rate')
        ) }} as expected_margin,
        -- The rate is that of a gamma with as many purchases behind it, whose relative deviation
        -- is one over the root of their number.
        exp({{ z_95() }} / sqrt({{ var('clv_prior_purchases') }} + gap_count)) as rhythm_factor
    from judged
)

select
    customer_id,
    snapshot_date,
    recency,
    active_day_count,
    historic_revenue,
    historic_margin,
    mean_gap as mean_gap_days,
    cast(margin_per_purchase_day as decimal(18, 4)) as margin_per_purchase_day,
    dropout_probability,
    churn_probability,
    cast(expected_margin as decimal(18, 4)) as expected_margin_12m,
    -- Of a negative margin the larger factor gives the lower bound.
    cast(least(expected_margin / rhythm_factor, expected_margin * rhythm_factor) as decimal(18, 4)) as expected_margin_12m_low,
    cast(greatest(expected_margin / rhythm_factor, expected_margin * rhythm_factor) as decimal(18, 4)) as expected_margin_12m_high,
    cast(cast(historic_margin as double) + expected_margin as decimal(18, 4)) as lifetime_value
from valued
