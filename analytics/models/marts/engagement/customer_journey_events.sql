-- Events on the way to a purchase up to the snapshot date, put into visits and numbered within them.
--
-- A visit is the shop's own session. Events that have none are put together by customer, as long as no more than
-- journey_session_gap_minutes pass between two of them; an event without either is a visit by itself.

with events as (
    select
        events.*,
        case
            when events.session_id is not null then 's|' || events.session_id
            when events.customer_id is not null then 'c|' || events.customer_id
            else 'e|' || events.event_id
        end as visitor,
        steps.step_order,
        -- Clocks of shops count seconds; what happened in the same one happened in the order of the steps.
        coalesce(steps.step_order, 0) as tie_order
    from {{ ref('stg_journey_events') }} as events
    left join {{ ref('journey_steps') }} as steps
        on events.event_name = steps.event_name
    where events.event_day < (select snapshot_date from {{ ref('int_snapshot') }})
),

followed as (
    select
        *,
        lag(event_at) over (partition by visitor order by event_at, tie_order, event_id) as previous_event_at
    from events
),

numbered as (
    select
        *,
        sum(
            case
                when session_id is null and event_at > previous_event_at + interval '{{ var('journey_session_gap_minutes') }}' minute
                    then 1
                else 0
            end
        ) over (partition by visitor order by event_at, tie_order, event_id rows unbounded preceding) as visit_number
    from followed
),

visits as (
    select
        *,
        row_number() over (
            partition by visitor, visit_number
            order by event_at, tie_order, event_id
        ) as event_number,
        first_value(event_at) over (
            partition by visitor, visit_number
            order by event_at, tie_order, event_id
        ) as session_started_at,
        -- A visit has the channel and the device of its first event.
        first_value(channel) over (
            partition by visitor, visit_number
            order by event_at, tie_order, event_id
        ) as session_channel,
        first_value(device) over (
            partition by visitor, visit_number
            order by event_at, tie_order, event_id
        ) as session_device,
        -- Whoever logs in during a visit was there from its start.
        min(customer_id) over (partition by visitor, visit_number) as session_customer_id
    from numbered
)

select
    event_id,
    {{ surrogate_key(['visitor', 'visit_number']) }} as session_key,
    session_id,
    coalesce(customer_id, session_customer_id) as customer_id,
    event_at,
    event_day,
    event_name,
    step_order,
    cast(event_number as integer) as event_number,
    session_started_at,
    session_channel as channel,
    session_device as device,
    product_id,
    order_id,
    _load_id,
    _file,
    _line
from visits
