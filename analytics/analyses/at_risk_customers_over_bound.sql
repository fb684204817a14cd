-- Customers worth a call: in the cluster of the lapsing, or silent for longer than they used to
-- be, with revenue over a bound. Give another with --vars '{at_risk_min_revenue: 5000}'.

select
    segments.customer_id,
    segments.segment_name,
    segments.activity_status,
    segments.total_revenue,
    segments.order_count,
    segments.days_since_last_purchase,
    value_rules.mean_gap_days,
    value_rules.churn_probability,
    value_rules.expected_margin_12m
from {{ ref('fct_customer_segments') }} as segments
inner join {{ ref('int_customer_lifetime_value') }} as value_rules
    on segments.customer_id = value_rules.customer_id
where
    segments.total_revenue >= {{ var('at_risk_min_revenue') }}
    and (
        segments.segment_name = 'At-Risk (Lapsing)'
        or value_rules.churn_probability >= 0.5
    )
order by
    segments.total_revenue desc,
    segments.customer_id
