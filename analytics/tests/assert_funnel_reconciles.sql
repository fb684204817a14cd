-- Events, visits, funnel and paths tell of the same visits, and no event is lost between staging and gold.

with counts as (
    select
        (select count(*) from {{ ref('stg_journey_events') }}) as staged_events,
        (select count(*) from {{ ref('customer_journey_events') }}) as events,
        (
            select count(*)
            from {{ ref('customer_journey_events') }}
            where event_day < (select snapshot_date from {{ ref('int_snapshot') }})
        ) as counted_events,
        (select coalesce(sum(event_count), 0) from {{ ref('int_journey_sessions') }}) as visit_events,
        (select count(*) from {{ ref('int_journey_sessions') }}) as visits,
        (
            select coalesce(sum(session_count), 0)
            from {{ ref('mart_journey_funnel') }}
            where step_order = 1
        ) as funnel_visits,
        (
            select coalesce(sum(session_count), 0)
            from {{ ref('mart_journey_paths') }}
            where path_position = 1
        ) as path_visits
)

select *
from counts
where
    staged_events <> events
    or counted_events <> visit_events
    or visits <> funnel_visits
    or visits <> path_visits
