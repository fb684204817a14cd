-- Which event follows which in the first steps of a visit, by month and channel: the bands of a flow diagram. The same
-- event again and again is one step. After the last step of a visit comes exit. An incremental run makes the months anew
-- of which a visit changed.

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_changed_path_months() }}"
) }}

{%- set inputs = journey_inputs() %}
{%- set since = built_from(ref('int_journey_sessions'), inputs) %}

with visit_events as (
    select
        sessions.month_start,
        sessions.channel,
        events.session_key,
        events.event_number,
        events.event_name
    from {{ ref('customer_journey_events') }} as events
    inner join {{ ref('int_journey_sessions') }} as sessions
        on events.session_key = sessions.session_key
    where
        events.event_day < (select snapshot_date from {{ ref('int_snapshot') }})
        {%- if since is not none %}
        and sessions.month_start in ({{ changed_path_months(since) }})
        {%- endif %}
),

followed as (
    select
        *,
        lag(event_name) over (partition by session_key order by event_number) as previous_event_name
    from visit_events
),

steps as (
    select
        month_start,
        channel,
        event_name,
        row_number() over (partition by session_key order by event_number) as path_position,
        lead(event_name) over (partition by session_key order by event_number) as next_event_name
    from followed
    where
        previous_event_name is null
        or event_name <> previous_event_name
),

counted as (
    select
        month_start,
        channel,
        path_position,
        event_name as from_event,
        coalesce(next_event_name, 'exit') as to_event,
        count(*) as session_count
    from steps
    where path_position < {{ var('journey_path_steps') }}
    group by
        month_start,
        channel,
        path_position,
        event_name,
        coalesce(next_event_name, 'exit')
),

totals as (
    select
        *,
        sum(session_count) over (partition by month_start, channel, path_position, from_event) as from_count
    from counted
)

select
    month_start,
    channel,
    cast(path_position as integer) as path_position,
    from_event,
    to_event,
    session_count,
    cast(from_count as bigint) as from_count,
    {{ share_of('session_count', 'from_count') }} as transition_share,
    {{ wilson_low('session_count', 'from_count') }} as transition_share_low,
    {{ wilson_high('session_count', 'from_count') }} as transition_share_high,
    {{ build_of(ref('int_journey_sessions')) }} as _build_number,
    '{{ snapshot_text() }}' as _snapshot_date,
    '{{ inputs }}' as _inputs
from totals
