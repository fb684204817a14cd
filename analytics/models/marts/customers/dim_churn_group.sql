-- Churn risk groups, with customers or without. SCD 1.

{{ config(
    materialized='incremental',
    incremental_strategy='merge',
    unique_key='churn_group_key',
    on_schema_change='append_new_columns',
    post_hook="{{ delete_vanished('churn_risk_group', ref('churn_risk_mapping')) }}"
) }}

select
    {{ surrogate_key(['churn_risk_group']) }} as churn_group_key,
    churn_risk_group,
    min_recency,
    max_recency,
    sort_order,
    description,
    recommended_action
from {{ ref('churn_risk_mapping') }}
