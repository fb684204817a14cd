-- How many transactions each source has of each class, and what they come to.

{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['source_system', 'transaction_class'],
    on_schema_change='fail',
    pre_hook="{{ delete_when_sums_anew() }}",
    post_hook="delete from {{ this }} where line_count = 0"
) }}

{{ changed_sums(['source_system', 'transaction_class'], {
    'line_count': ['1', 'bigint'],
    'amount': ['amount', 'decimal(18, 2)'],
}, sales_only=false) }}
