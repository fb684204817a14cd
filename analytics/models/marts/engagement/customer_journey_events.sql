-- Events on the way to a purchase, put into visits and numbered within them. Events on the snapshot date and after it are in
-- here too; the figures leave them out.
--
-- A visit is the shop's own session. Events that have none are put together by customer, as long as no more than
-- journey_session_gap_minutes pass between two of them; an event without either is a visit by itself. An incremental
-- run takes out the visitors of whom an event came, and puts in what is missing.

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_changed_visitors() }}"
) }}

{%- set columns = [
    'event_id', 'customer_id', 'session_id', 'event_at', 'event_day', 'event_name', 'step_order', 'tie_order', 'channel', 'device',
    'product_id', 'order_id', '_load_id', '_file', '_line',
] %}
{%- set inputs = journey_inputs() %}

with events as (
    select
        events.*,
        {{ visitor('events.session_id', 'events.customer_id', 'events.event_id') }} as visitor,
        steps.step_order,
        -- Clocks of shops count seconds; what happened in the same one happened in the order of the steps.
        coalesce(steps.step_order, 0) as tie_order
    from {{ ref('stg_journey_events') }} as events
    left join {{ ref('journey_steps') }} as steps
        on events.event_name = steps.event_name
    {%- if is_incremental() %}
    where events.event_id not in (select event_id from {{ this }})
    {%- endif %}
),

followed as (
    select
        *,
        lag(event_at) over (partition by visitor order by event_at, tie_order, event_id) as previous_event_at
    from events
    where session_id is null
),

numbered as (
    select
        *,
        sum(
            case when event_at > previous_event_at + interval '{{ var('journey_session_gap_minutes') }}' minute then 1 else 0 end
        ) over (partition by visitor order by event_at, tie_order, event_id rows unbounded preceding) as visit_number
    from followed
),

keyed as (
    select
        {{ columns | join(',\n        ') }},
        {{ surrogate_id(['visitor']) }} as session_key
    from events
    where session_id is not null

    union all

    select
        {{ columns | join(',\n        ') }},
        {{ surrogate_id(['visitor', 'visit_number']) }} as session_key
    from numbered
)

select
    event_id,
    session_key,
    session_id,
    -- Whoever logs in during a visit was there from its start.
    coalesce(customer_id, min(customer_id) over visit) as customer_id,
    event_at,
    event_day,
    event_name,
    step_order,
    cast(row_number() over visit_in_order as integer) as event_number,
    first_value(event_at) over visit_in_order as session_started_at,
    -- A visit has the channel and the device of its first event.
    first_value(channel) over visit_in_order as channel,
    first_value(device) over visit_in_order as device,
    product_id,
    order_id,
    _load_id,
    _file,
    _line,
    {{ build_of(ref('stg_journey_events')) }} as _build_number,
    '{{ inputs }}' as _inputs
from keyed
window
    visit as (partition by session_key),
    visit_in_order as (partition by session_key order by event_at, tie_order, event_id)
