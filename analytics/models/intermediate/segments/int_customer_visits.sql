-- Visits of known customers in the 90 days before the snapshot date, as far as journeys are
-- recorded. An event without a session is a visit of its own.

select
    events.customer_id,
    count(distinct coalesce(events.session_id, events.event_id)) as visit_count_90d,
    count(distinct case when events.event_name = 'product_view' then coalesce(events.session_id, events.event_id) end)
        as viewing_visit_count_90d,
    max(events.event_day) as last_visit_day
from {{ ref('stg_journey_events') }} as events
cross join {{ ref('int_snapshot') }} as snapshot
where
    events.customer_id is not null
    and events.event_day < snapshot.snapshot_date
    and events.event_day >= {{ dbt.dateadd('day', -90, 'snapshot.snapshot_date') }}
group by events.customer_id
