-- What customers say and do besides buying, in one row, over the twelve months before the snapshot date; balances and open
-- tickets as they are now.

with bounds as (
    select
        snapshot_date,
        cast({{ dbt.dateadd('month', -12, 'snapshot_date') }} as date) as first_day
    from {{ ref('int_snapshot') }}
),

satisfaction as (
    select
        {{ satisfaction_sums() | indent(8) }}
    from {{ ref('customer_satisfaction_scores') }}
    cross join bounds
    where
        survey_type in ('NPS', 'CSAT', 'CES')
        and response_day >= bounds.first_day
),

tickets as (
    select
        sum(case when is_open then 1 else 0 end) as open_ticket_count,
        percentile_cont(0.5) within group (
            order by case when cast(opened_at as date) >= bounds.first_day then first_response_minutes end
        ) as median_first_response_minutes
    from {{ ref('support_tickets') }}
    cross join bounds
),

members as (
    select
        count(*) as member_count,
        sum(points_balance) as outstanding_points
    from {{ ref('loyalty_program') }}
),

visits as (
    select
        count(*) as visit_count,
        sum(case when sessions.reached_step >= steps.step_order then 1 else 0 end) as purchase_count
    from {{ ref('int_journey_sessions') }} as sessions
    cross join bounds
    left join {{ ref('journey_steps') }} as steps
        on steps.event_name = 'purchase'
    where cast(sessions.session_started_at as date) >= bounds.first_day
),

invitations as (
    select
        count(*) as invitation_count,
        sum(case when is_converted then 1 else 0 end) as converted_count
    from {{ ref('referral_program') }}
    cross join bounds
    where
        referral_state <> 'self'
        and invited_day >= bounds.first_day
)

select
    bounds.snapshot_date,
    {{ satisfaction_figures() }},
    cast(coalesce(tickets.open_ticket_count, 0) as bigint) as open_ticket_count,
    cast(tickets.median_first_response_minutes as double) as median_first_response_minutes,
    members.member_count,
    cast(coalesce(members.outstanding_points, 0) as bigint) as outstanding_points,
    visits.visit_count,
    cast(visits.purchase_count as double) / nullif(visits.visit_count, 0) as visit_conversion,
    {{ wilson_low('visits.purchase_count', 'visits.visit_count') }} as visit_conversion_low,
    {{ wilson_high('visits.purchase_count', 'visits.visit_count') }} as visit_conversion_high,
    invitations.invitation_count,
    cast(invitations.converted_count as double) / nullif(invitations.invitation_count, 0) as referral_conversion,
    {{ wilson_low('invitations.converted_count', 'invitations.invitation_count') }} as referral_conversion_low,
    {{ wilson_high('invitations.converted_count', 'invitations.invitation_count') }} as referral_conversion_high
from bounds
cross join satisfaction
cross join tickets
cross join members
cross join visits
cross join invitations
