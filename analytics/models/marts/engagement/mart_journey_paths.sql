-- Which event follows which in the first steps of a visit, by month and channel: the bands of a flow diagram. The same
-- event again and again is one step. After the last step of a visit comes exit.

with followed as (
    select
        session_key,
        event_number,
        event_name,
        lag(event_name) over (partition by session_key order by event_number) as previous_event_name
    from {{ ref('customer_journey_events') }}
),

steps as (
    select
        session_key,
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
        sessions.month_start,
        sessions.channel,
        steps.path_position,
        steps.event_name as from_event,
        coalesce(steps.next_event_name, 'exit') as to_event,
        count(*) as session_count
    from steps
    inner join {{ ref('int_journey_sessions') }} as sessions
        on steps.session_key = sessions.session_key
    where steps.path_position < {{ var('journey_path_steps') }}
    group by
        sessions.month_start,
        sessions.channel,
        steps.path_position,
        steps.event_name,
        coalesce(steps.next_event_name, 'exit')
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
    {{ wilson_high('session_count', 'from_count') }} as transition_share_high
from totals
