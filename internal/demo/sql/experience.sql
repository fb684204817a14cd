-- One row: what customers say and do besides buying, over the last twelve months.
select
    cast(nps as double) as nps,
    cast(nps_low as double) as nps_low,
    cast(nps_high as double) as nps_high,
    cast(nps_count as bigint) as nps_count,
    cast(csat_share as double) as csat_share,
    cast(csat_count as bigint) as csat_count,
    cast(median_first_response_minutes as double) as median_first_response_minutes,
    cast(open_ticket_count as bigint) as open_ticket_count,
    cast(member_count as bigint) as member_count,
    cast(outstanding_points as bigint) as outstanding_points,
    cast(visit_conversion as double) as visit_conversion,
    cast(visit_count as bigint) as visit_count,
    cast(referral_conversion as double) as referral_conversion,
    cast(invitation_count as bigint) as invitation_count
from gold.obt_overall_experience
where nps_count + csat_count + member_count + visit_count + invitation_count > 0
