-- What each customer has bought of each product. Only lines that name a product: card payments know their merchant's
-- category alone.

{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['customer_id', 'product_id'],
    on_schema_change='fail',
    pre_hook="{{ delete_when_sums_anew(numbered_line_inputs()) }}",
    post_hook=["delete from {{ this }} where line_count = 0", "{{ refuse_old_parents() }}"]
) }}

{{ changed_sums(['customer_id', 'product_id'], {
    'line_count': ['1', 'bigint'],
    'unit_count': ['quantity', 'bigint'],
    'gross_revenue': ['amount', 'decimal(18, 2)'],
}, numbered=true) }}
