-- Revenue of each customer of a campaign with a hold-out group, in the window after the
-- message was sent (or would have been), and in an equal one before. Only customers whose
-- window has ended; those who bought nothing are in it with 0. Only campaigns of which something changed are made anew:
-- see int_campaign_inputs.

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_when_made_of_other(ref('int_campaign_inputs'), 'campaign_inputs') }}"
) }}

{% set window_days = var('campaign_window_days') %}

with wanted as (
    select
        campaign_id,
        campaign_inputs
    from {{ ref('int_campaign_inputs') }}
    where {{ is_to_be_made('campaign_inputs') }}
),

messages as (
    select
        campaign_id,
        customer_id,
        max(campaign_name) as campaign_name,
        -- A customer with a message is treated, whatever else the log says.
        max(case when is_holdout then 0 else 1 end) = 1 as is_treated,
        coalesce(
            min(case when is_holdout then null else sent_day end),
            min(sent_day)
        ) as sent_day,
        sum(cost) as cost
    from {{ ref('stg_communications') }}
    where campaign_id in (select campaign_id from wanted)
    group by
        campaign_id,
        customer_id
),

compared as (
    select campaign_id
    from messages
    group by campaign_id
    having
        max(case when is_treated then 1 else 0 end) = 1
        and min(case when is_treated then 1 else 0 end) = 0
),

members as (
    select
        messages.campaign_id,
        messages.campaign_name,
        messages.customer_id,
        numbers.customer_number,
        messages.is_treated,
        messages.sent_day,
        messages.cost,
        cast({{ dbt.dateadd('day', -window_days, 'messages.sent_day') }} as date) as before_from,
        cast({{ dbt.dateadd('day', window_days, 'messages.sent_day') }} as date) as after_until
    from messages
    inner join compared
        on messages.campaign_id = compared.campaign_id
    left join {{ ref('int_customer_numbers') }} as numbers
        on messages.customer_id = numbers.customer_id
    cross join {{ ref('int_snapshot') }} as snapshot
    where
        cast({{ dbt.dateadd('day', window_days, 'messages.sent_day') }} as date) <= snapshot.snapshot_date
),

sums as (
    select
        members.campaign_id,
        members.customer_number,
        sum(case when daily.activity_date < members.sent_day then daily.net_revenue else 0 end) as revenue_before,
        sum(case when daily.activity_date >= members.sent_day then daily.net_revenue else 0 end) as revenue_after
    from {{ ref('mart_customer_daily') }} as daily
    inner join members
        on
            daily._customer_number = members.customer_number
            and daily.activity_date >= members.before_from
            and daily.activity_date < members.after_until
    group by
        members.campaign_id,
        members.customer_number
)

select
    {{ surrogate_key(['members.campaign_id', 'members.customer_id']) }} as campaign_panel_key,
    members.campaign_id,
    members.campaign_name,
    members.customer_id,
    members.is_treated,
    members.sent_day,
    members.cost,
    cast(coalesce(sums.revenue_before, 0) as decimal(18, 2)) as revenue_before,
    cast(coalesce(sums.revenue_after, 0) as decimal(18, 2)) as revenue_after,
    wanted.campaign_inputs as _inputs
from members
inner join wanted
    on members.campaign_id = wanted.campaign_id
left join sums
    on
        members.campaign_id = sums.campaign_id
        and members.customer_number = sums.customer_number
