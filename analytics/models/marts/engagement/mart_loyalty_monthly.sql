-- Members and points per calendar month, overwritten by month.

{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='month_start',
    on_schema_change='append_new_columns',
    post_hook="{{ delete_vanished('month_start', ref('int_loyalty_monthly')) }}"
) }}

with monthly as (
    select *
    from {{ ref('int_loyalty_monthly') }}
)

{{ changed_partitions('monthly', 'month_start', [
    'month_start',
    'member_count',
    'new_member_count',
    'active_member_count',
    'redeeming_member_count',
    'redeeming_share',
    'redeeming_share_low',
    'redeeming_share_high',
    'earned_points',
    'redeemed_points',
    'expired_points',
    'taken_back_points',
    'outstanding_points',
    'redemption_rate',
    'redemption_rate_to_date',
    'is_complete',
]) }}
