-- One row a visit, with the step of the funnel that it reached.
--
-- The funnel is strict: a step counts when its event comes after that of the step before it, and within
-- journey_window_hours of the first step. Each step takes the earliest event that may count, which leaves
-- the following steps the most room. An incremental run looks again at visits of which an event came, or came before
-- the snapshot date.

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_changed_visits() }}"
) }}

{%- set step_count = 8 %}
{%- set inputs = journey_inputs() %}
{%- set since = built_from(ref('customer_journey_events'), inputs) %}

with visit_events as (
    select
        session_key,
        customer_id,
        event_number,
        event_at,
        step_order,
        session_started_at,
        channel,
        device
    from {{ ref('customer_journey_events') }}
    where
        event_day < (select snapshot_date from {{ ref('int_snapshot') }})
        {%- if since is not none %}
        and session_key in ({{ changed_visits(since) }})
        {%- endif %}
),

events as (
    select
        session_key,
        event_number,
        event_at,
        step_order
    from visit_events
    where step_order is not null
),

reached_1 as (
    select
        session_key,
        min(event_number) as event_number,
        min(event_at) as first_step_at
    from events
    where step_order = 1
    group by session_key
),
{% for step in range(2, step_count + 1) %}
reached_{{ step }} as (
    select
        events.session_key,
        min(events.event_number) as event_number,
        min(previous.first_step_at) as first_step_at
    from events
    inner join reached_{{ step - 1 }} as previous
        on events.session_key = previous.session_key
    where
        events.step_order = {{ step }}
        and events.event_number > previous.event_number
        and events.event_at <= previous.first_step_at + interval '{{ var('journey_window_hours') }}' hour
    group by events.session_key
),
{% endfor %}
reached as (
    select
        session_key,
        max(step_order) as reached_step
    from (
        {%- for step in range(1, step_count + 1) %}
        select
            session_key,
            {{ step }} as step_order
        from reached_{{ step }}
        {%- if not loop.last %}
        union all
        {%- endif %}
        {%- endfor %}
    ) as steps
    group by session_key
),

sessions as (
    select
        session_key,
        min(customer_id) as customer_id,
        min(session_started_at) as session_started_at,
        max(event_at) as session_ended_at,
        min(channel) as channel,
        min(device) as device,
        count(*) as event_count
    from visit_events
    group by session_key
)

select
    sessions.session_key,
    sessions.customer_id,
    sessions.session_started_at,
    sessions.session_ended_at,
    cast({{ dbt.date_trunc('month', 'sessions.session_started_at') }} as date) as month_start,
    sessions.channel,
    sessions.device,
    sessions.event_count,
    coalesce(reached.reached_step, 0) as reached_step,
    {{ build_of(ref('customer_journey_events')) }} as _build_number,
    '{{ snapshot_text() }}' as _snapshot_date,
    '{{ inputs }}' as _inputs
from sessions
left join reached
    on sessions.session_key = reached.session_key
