-- Every invitation has one state and is counted in one month, and a customer was brought once.

with counts as (
    select
        (
            select count(*)
            from {{ ref('stg_referrals') }}
            where invited_day < (select snapshot_date from {{ ref('int_snapshot') }})
        ) as staged,
        (select count(*) from {{ ref('referral_program') }}) as invitations,
        (
            select count(*)
            from {{ ref('referral_program') }}
            where referral_state <> 'self'
        ) as invitations_of_others,
        (select coalesce(sum(invitation_count), 0) from {{ ref('mart_referral_performance') }}) as counted,
        (select coalesce(sum(case when is_converted then 1 else 0 end), 0) from {{ ref('referral_program') }}) as converted,
        (select coalesce(sum(converted_count), 0) from {{ ref('mart_referral_performance') }}) as counted_converted,
        (
            select count(*)
            from (
                select referred_customer_id
                from {{ ref('referral_program') }}
                where
                    is_converted
                    and referred_customer_id is not null
                group by referred_customer_id
                having count(*) > 1
            ) as brought_twice
        ) as brought_twice
)

select *
from counts
where
    staged <> invitations
    or invitations_of_others <> counted
    or converted <> counted_converted
    or brought_twice > 0
