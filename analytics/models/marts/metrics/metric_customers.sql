-- Every known customer in one row: what figures are grouped and filtered by, and the state that they add up. All as of the
-- snapshot date; somebody who never bought has the segments of customer_segments and no figures of purchases.

select
    customers.customer_id,
    customers.country,
    coalesce(customers.acquisition_channel, 'unknown') as acquisition_channel,
    coalesce(customers.gender, 'unknown') as gender,
    segments.age_band,
    segments.income_band,
    segments.demographic_segment,
    segments.has_purchased,
    segments.rfm_group,
    segments.rfm_segmentation,
    segments.spending_segment,
    segments.behavioural_group,
    clusters.segment_name as ml_segment,
    case
        when kpis.customer_id is null then 'Never bought'
        when kpis.recency <= {{ var('activity_status_days')[0] }} then 'Active'
        when kpis.recency <= {{ var('activity_status_days')[1] }} then 'Recent'
        when kpis.recency <= {{ var('activity_status_days')[2] }} then 'Dormant'
        else 'Inactive'
    end as activity_status,
    kpis.cltv_profit_segmentation as value_tier,
    kpis.churn_risk_group as risk_group,
    coalesce(members.tier_name, 'No member') as loyalty_tier,
    cast(substring(cast(kpis.first_order_day as {{ dbt.type_string() }}), 1, 7) as {{ dbt.type_string() }}) as cohort,
    cast(customers.signed_up_at as date) as signed_up_day,
    kpis.first_order_day,
    kpis.last_order_day,
    kpis.recency,
    kpis.frequency,
    kpis.monetary,
    kpis.tenure,
    kpis.r_score,
    kpis.f_score,
    kpis.m_score,
    kpis.is_churned,
    kpis.is_repeat_customer,
    kpis.average_days_between_orders,
    kpis.gross_revenue,
    kpis.net_revenue,
    kpis.historic_margin,
    kpis.cltv_classic_revenue,
    kpis.cltv_classic_profit,
    expected.expected_margin_12m,
    expected.lifetime_value,
    cast(expected.churn_probability as decimal(18, 12)) as churn_probability
from {{ ref('stg_customer_data') }} as customers
inner join {{ ref('customer_segments') }} as segments
    on customers.customer_id = segments.customer_id
left join {{ ref('obt_customer_kpis_and_segmentation') }} as kpis
    on customers.customer_id = kpis.customer_id
left join {{ ref('ml_customer_segments') }} as clusters
    on customers.customer_id = clusters.customer_id
left join {{ ref('loyalty_program') }} as members
    on customers.customer_id = members.customer_id
left join {{ ref('int_customer_lifetime_value') }} as expected
    on customers.customer_id = expected.customer_id
