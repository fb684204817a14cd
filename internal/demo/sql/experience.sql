-- One row: what customers say and do besides buying, over the last twelve whole or running months.
with bounds as (
    select max(month_start) as last_month
    from gold.mart_nps_monthly
),

surveys as (
    select
        100.0 * (sum(promoter_count) - sum(detractor_count)) / nullif(sum(nps_count), 0) as nps,
        sum(nps_count) as nps_count,
        sum(promoter_count) as promoter_count,
        sum(detractor_count) as detractor_count,
        cast(sum(satisfied_count) as double) / nullif(sum(csat_count), 0) as csat_share,
        sum(csat_count) as csat_count
    from gold.mart_nps_monthly
    cross join bounds
    where month_start > last_month - interval 12 month
),

tickets as (
    select
        count(*) as ticket_count,
        sum(case when is_open then 1 else 0 end) as open_count,
        median(first_response_minutes) as median_first_response_minutes
    from gold.support_tickets
),

members as (
    select
        count(*) as member_count,
        sum(points_balance) as points_balance
    from gold.loyalty_program
),

funnel as (
    select
        sum(case when step_order = 1 then reached_count end) as visit_count,
        sum(case when event_name = 'purchase' then reached_count end) as purchase_count
    from gold.mart_journey_funnel
),

invitations as (
    select
        sum(invitation_count) as invitation_count,
        sum(converted_count) as converted_count
    from gold.mart_referral_performance
)

select
    cast(surveys.nps as double) as nps,
    -- The variance of a difference of two shares of one sample (multinomial).
    cast(
        1.959964 * 100 * sqrt(
            (
                cast(surveys.promoter_count + surveys.detractor_count as double) / nullif(surveys.nps_count, 0)
                - power(cast(surveys.promoter_count - surveys.detractor_count as double) / nullif(surveys.nps_count, 0), 2)
            ) / nullif(surveys.nps_count, 0)
        ) as double
    ) as nps_half_width,
    cast(surveys.nps_count as bigint) as nps_count,
    cast(surveys.csat_share as double) as csat_share,
    cast(surveys.csat_count as bigint) as csat_count,
    cast(tickets.median_first_response_minutes as double) as median_first_response_minutes,
    cast(tickets.open_count as bigint) as open_count,
    cast(members.member_count as bigint) as member_count,
    cast(members.points_balance as bigint) as points_balance,
    cast(funnel.purchase_count as double) / nullif(funnel.visit_count, 0) as funnel_conversion,
    cast(funnel.visit_count as bigint) as visit_count,
    cast(invitations.converted_count as double) / nullif(invitations.invitation_count, 0) as referral_conversion,
    cast(invitations.invitation_count as bigint) as invitation_count
from surveys
cross join tickets
cross join members
cross join funnel
cross join invitations
