-- The strict funnel by its definition, for 200 visits: step 4 of the shipped seed is reached when there are four events of the
-- steps 1 to 4, each after the one before and none later than the window after that of step 1. Every
-- combination of events is looked at. Where the seed has fewer steps nothing is compared.

with visits as (
    select session_key
    from (
        select
            session_key,
            row_number() over (order by session_key) as visit_number
        from {{ ref('int_journey_sessions') }}
    ) as numbered
    where visit_number <= 200
),

events as (
    select
        events.session_key,
        events.event_number,
        events.event_at,
        events.step_order
    from {{ ref('customer_journey_events') }} as events
    inner join visits
        on events.session_key = visits.session_key
    where events.event_day < (select snapshot_date from {{ ref('int_snapshot') }})
),

reached as (
    select distinct first_events.session_key
    from events as first_events
    inner join events as second_events
        on first_events.session_key = second_events.session_key
    inner join events as third_events
        on first_events.session_key = third_events.session_key
    inner join events as fourth_events
        on first_events.session_key = fourth_events.session_key
    where
        first_events.step_order = 1
        and second_events.step_order = 2
        and third_events.step_order = 3
        and fourth_events.step_order = 4
        and first_events.event_number < second_events.event_number
        and second_events.event_number < third_events.event_number
        and third_events.event_number < fourth_events.event_number
        and fourth_events.event_at <= first_events.event_at + interval '{{ var('journey_window_hours') }}' hour
)

select
    sessions.session_key,
    sessions.reached_step
from {{ ref('int_journey_sessions') }} as sessions
inner join visits
    on sessions.session_key = visits.session_key
left join reached
    on sessions.session_key = reached.session_key
where (sessions.reached_step >= 4) <> (reached.session_key is not null)
