-- One row a visit, with the step of the funnel that it reached.
--
-- The funnel is strict: a step counts when its event comes after that of the step before it, and within
-- journey_window_hours of the first step. Of all chains that lead to an event the one whose first step is the latest leaves the
-- following steps the most room, so each event keeps that time alone. An incremental run looks again at visits of which
-- an event came, or came before the snapshot date.

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

chain_1 as (
    select
        *,
        case when step_order = 1 then event_at end as first_step_at
    from events
),
{% for step in range(2, step_count + 1) %}
chain_{{ step }} as (
    select
        session_key,
        event_number,
        event_at,
        step_order,
        case
            when
                step_order = {{ step }}
                and event_at <= latest_first_step_at + interval '{{ var('journey_window_hours') }}' hour
                then latest_first_step_at
        end as first_step_at
    from (
        select
            session_key,
            event_number,
            event_at,
            step_order,
            max(first_step_at) over (
                partition by session_key
                order by event_number
                rows between unbounded preceding and 1 preceding
            ) as latest_first_step_at
        from chain_{{ step - 1 }}
        where step_order >= {{ step - 1 }}
    ) as followed
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
            step_order
        from chain_{{ step }}
        where first_step_at is not null
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
