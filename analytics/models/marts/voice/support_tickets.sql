-- Tickets as they stood on the snapshot date: what happened to one later is left out, so that
-- a past day can be seen as it was.

with as_of as (
    select cast(coalesce(max(snapshot_date), cast('9999-12-31' as date)) as {{ dbt.type_timestamp() }}) as seen_until
    from {{ ref('int_snapshot') }}
),

tickets as (
    select
        tickets.ticket_id,
        tickets.customer_id,
        tickets.opened_at,
        tickets.opened_day,
        tickets.channel,
        tickets.category,
        tickets.priority,
        case when tickets.first_response_at < as_of.seen_until then tickets.first_response_at end as first_response_at,
        case when tickets.resolved_at < as_of.seen_until then tickets.resolved_at end as resolved_at,
        coalesce(tickets.resolved_at >= as_of.seen_until, false) as was_resolved_later,
        coalesce(tickets.status in ('resolved', 'closed'), false) as is_marked_done,
        tickets.satisfaction_score,
        -- Tickets wait until today where there is no snapshot date; that is no time to count.
        case when as_of.seen_until < cast('9999-12-31' as {{ dbt.type_timestamp() }}) then as_of.seen_until end as seen_until
    from {{ ref('stg_support_tickets') }} as tickets
    cross join as_of
    where
        tickets.set_aside_reason is null
        and tickets.opened_at < as_of.seen_until
),

states as (
    select
        *,
        resolved_at is null and (was_resolved_later or not is_marked_done) as is_open,
        -- What solves a ticket answers it, whether an answer was noted or not.
        coalesce(least(first_response_at, resolved_at), first_response_at, resolved_at) as answered_at
    from tickets
),

times as (
    select
        *,
        {{ dbt.datediff('opened_at', 'answered_at', 'second') }} / 60.0 as first_response_minutes,
        {{ dbt.datediff('opened_at', 'resolved_at', 'second') }} / 3600.0 as resolution_hours,
        case when is_open then {{ dbt.datediff('opened_at', 'seen_until', 'second') }} / 60.0 end as open_minutes
    from states
),

judged as (
    select
        times.*,
        -- What still waits within its time may be kept or not: that is not known yet.
        case
            when times.first_response_minutes is not null then times.first_response_minutes > sla.first_response_minutes
            when times.open_minutes > sla.first_response_minutes then true
        end as is_response_breached,
        case
            when times.resolution_hours is not null then times.resolution_hours > sla.resolution_hours
            when times.open_minutes / 60.0 > sla.resolution_hours then true
        end as is_resolution_breached
    from times
    left join {{ ref('support_sla') }} as sla
        on times.priority = sla.priority
)

select
    ticket_id,
    customer_id,
    opened_at,
    opened_day,
    cast({{ dbt.date_trunc('month', 'opened_day') }} as date) as opened_month,
    answered_at,
    resolved_at,
    cast(resolved_at as date) as resolved_day,
    channel,
    category,
    priority,
    is_open,
    cast(first_response_minutes as double) as first_response_minutes,
    cast(resolution_hours as double) as resolution_hours,
    is_response_breached,
    is_resolution_breached,
    is_response_breached or is_resolution_breached as is_breached,
    case when not is_open then satisfaction_score end as satisfaction_score
from judged
