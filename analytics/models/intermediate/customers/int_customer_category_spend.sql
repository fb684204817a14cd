-- What each customer has spent in each category of merchants.

{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['customer_id', 'merchant_category_id'],
    on_schema_change='fail',
    pre_hook="{{ delete_when_sums_anew() }}",
    post_hook="delete from {{ this }} where line_count = 0"
) }}

{{ changed_sums(['customer_id', 'merchant_category_id'], {
    'line_count': ['1', 'bigint'],
    'gross_revenue': ['amount', 'decimal(18, 2)'],
}) }}
