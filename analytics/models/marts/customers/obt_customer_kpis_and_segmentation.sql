-- Everything known about a customer in one row. SCD 1: a merge keeps the newest state, and
-- customers whom the log no longer shows are taken out.

{{ config(
    materialized='incremental',
    incremental_strategy='merge',
    unique_key='customer_id',
    on_schema_change='append_new_columns',
    post_hook="{{ delete_vanished('customer_id', ref('int_customer_rfm_values')) }}"
) }}

select
    rfm.customer_id,
    behavior.country,
    rfm.snapshot_date,
    rfm.first_order_day,
    rfm.last_order_day,
    rfm.recency,
    rfm.frequency,
    rfm.monetary,
    rfm.tenure,
    segments.r_score,
    segments.f_score,
    segments.m_score,
    segments.rfm_cell,
    segments.rfm_total,
    segments.rfm_segmentation,
    aov.order_count,
    aov.sale_line_count,
    aov.return_line_count,
    aov.gross_revenue,
    aov.returns_amount,
    aov.net_revenue,
    aov.return_rate,
    aov.average_order_value,
    aov.average_line_value,
    cltv.historic_margin,
    tiers.cltv_profit_segmentation,
    cltv.cltv_classic_revenue,
    cltv.cltv_classic_profit,
    churn.is_churned,
    churn.churn_risk_group,
    behavior.is_repeat_customer,
    behavior.active_day_count,
    behavior.active_month_count,
    behavior.average_days_between_orders,
    behavior.unit_count,
    behavior.distinct_product_count,
    behavior.average_units_per_order,
    behavior.average_lines_per_order,
    behavior.largest_order_amount,
    behavior.last_order_amount,
    behavior.morning_order_share,
    behavior.weekend_order_share,
    behavior.promo_line_share
from {{ ref('int_customer_rfm_values') }} as rfm
inner join {{ ref('int_customer_rfm_segmentation') }} as segments
    on rfm.customer_id = segments.customer_id
inner join {{ ref('int_customer_aov') }} as aov
    on rfm.customer_id = aov.customer_id
inner join {{ ref('int_customer_cltv') }} as cltv
    on rfm.customer_id = cltv.customer_id
inner join {{ ref('int_customer_cltv_segmentation') }} as tiers
    on rfm.customer_id = tiers.customer_id
inner join {{ ref('int_customer_churn_segmentation') }} as churn
    on rfm.customer_id = churn.customer_id
inner join {{ ref('int_customer_behavior_metrics') }} as behavior
    on rfm.customer_id = behavior.customer_id
