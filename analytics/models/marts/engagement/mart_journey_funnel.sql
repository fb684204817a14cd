-- How many visits reach each step of the funnel, by month, channel and device. The counts add up over all three. A few
-- rows a month, made anew each time: visits that begin late in a month still change it.

with visits as (
    select
        month_start,
        channel,
        device,
        reached_step,
        count(*) as session_count
    from {{ ref('int_journey_sessions') }}
    group by
        month_start,
        channel,
        device,
        reached_step
),

counted as (
    select
        visits.month_start,
        visits.channel,
        visits.device,
        steps.step_order,
        steps.event_name,
        steps.step_label,
        sum(visits.session_count) as session_count,
        sum(case when visits.reached_step >= steps.step_order then visits.session_count else 0 end) as reached_count,
        -- Every visit stands before the first step.
        sum(case when visits.reached_step >= steps.step_order - 1 then visits.session_count else 0 end) as previous_count,
        sum(case when visits.reached_step >= 1 then visits.session_count else 0 end) as first_count
    from visits
    cross join {{ ref('journey_steps') }} as steps
    group by
        visits.month_start,
        visits.channel,
        visits.device,
        steps.step_order,
        steps.event_name,
        steps.step_label
)

select
    month_start,
    channel,
    device,
    step_order,
    event_name,
    step_label,
    cast(session_count as bigint) as session_count,
    cast(previous_count as bigint) as previous_count,
    cast(reached_count as bigint) as reached_count,
    cast(previous_count - reached_count as bigint) as drop_off_count,
    {{ share_of('reached_count', 'previous_count') }} as conversion_from_previous,
    {{ wilson_low('reached_count', 'previous_count') }} as conversion_from_previous_low,
    {{ wilson_high('reached_count', 'previous_count') }} as conversion_from_previous_high,
    cast(first_count as bigint) as first_count,
    {{ share_of('reached_count', 'first_count') }} as conversion_from_first,
    {{ wilson_low('reached_count', 'first_count') }} as conversion_from_first_low,
    {{ wilson_high('reached_count', 'first_count') }} as conversion_from_first_high
from counted
