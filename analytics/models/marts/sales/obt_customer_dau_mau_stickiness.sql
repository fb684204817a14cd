-- Daily, weekly and monthly active customers, one row a calendar day, overwritten by day.

{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='activity_date',
    on_schema_change='append_new_columns',
    post_hook="{{ delete_vanished('activity_date', ref('int_customer_dau_mau_stickiness')) }}"
) }}

with activity as (
    select
        activity_date,
        dau,
        wau,
        mau,
        stickiness
    from {{ ref('int_customer_dau_mau_stickiness') }}
)

{{ changed_partitions('activity', 'activity_date', ['activity_date', 'dau', 'wau', 'mau', 'stickiness']) }}
