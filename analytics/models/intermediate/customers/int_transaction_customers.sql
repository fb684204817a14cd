-- Who is named by any transaction, whatever its class and day: also who never bought and has no record.

{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='customer_id',
    on_schema_change='fail',
    pre_hook="{{ delete_when_sums_anew() }}",
    post_hook="delete from {{ this }} where line_count = 0"
) }}

{{ changed_sums(['customer_id'], {'line_count': ['1', 'bigint']}, sales_only=false) }}
