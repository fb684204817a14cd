-- Orders and money per calendar day, overwritten by day. A return counts on the day it was
-- booked, not on the day of the sale it takes back.

{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='revenue_date',
    on_schema_change='append_new_columns',
    post_hook="{{ delete_vanished('revenue_date', ref('int_daily_revenue')) }}"
) }}

with daily as (
    select *
    from {{ ref('int_daily_revenue') }}
)

{{ changed_partitions('daily', 'revenue_date', [
    'revenue_date',
    'customer_count',
    'order_count',
    'unit_count',
    'sale_amount',
    'guest_amount',
    'return_amount',
    'net_revenue',
    'net_margin',
]) }}
