-- Invitations of customers by customers with their state at the snapshot date.

with snapshot as (
    select
        snapshot_date,
        first_transaction_day
    from {{ ref('int_snapshot') }}
),

invitations as (
    select
        referrals.referral_id,
        referrals.referrer_customer_id,
        referrals.referred_customer_id,
        referrals.invited_at,
        referrals.invited_day,
        -- The sales say who has bought and on which day. What the programme says counts for the time of that day, for
        -- the days before the sales on record, and for customers whom nobody names. A purchase before the invitation is
        -- not its doing.
        case
            when
                referrals.converted_at >= referrals.invited_at
                and cast(referrals.converted_at as date) < snapshot.snapshot_date
                and (
                    referrals.referred_customer_id is null
                    or cast(referrals.converted_at as date) = totals.first_order_day
                    or cast(referrals.converted_at as date) < snapshot.first_transaction_day
                )
                then referrals.converted_at
            when cast(referrals.converted_at as date) < snapshot.first_transaction_day then null
            when totals.first_order_day >= referrals.invited_day
                then greatest(cast(totals.first_order_day as {{ dbt.type_timestamp() }}), referrals.invited_at)
        end as converted_at,
        referrals.channel,
        referrals.reward_amount,
        cast({{ dbt.dateadd('day', var('referral_open_days'), 'referrals.invited_day') }} as date) <= snapshot.snapshot_date
            as is_past_open_days,
        coalesce(referrals.referrer_customer_id = referrals.referred_customer_id, false) as is_self_referral
    from {{ ref('stg_referrals') }} as referrals
    left join {{ ref('int_customer_totals') }} as totals
        on referrals.referred_customer_id = totals.customer_id
    cross join snapshot
    where referrals.invited_day < snapshot.snapshot_date
),

ranked as (
    select
        *,
        row_number() over (
            partition by coalesce(referred_customer_id, '~' || referral_id)
            order by
                case when converted_at is null or is_self_referral then 1 else 0 end,
                converted_at,
                invited_at,
                referral_id
        ) as claim_rank
    from invitations
)

select
    referral_id,
    referrer_customer_id,
    referred_customer_id,
    invited_at,
    invited_day,
    converted_at,
    case
        when is_self_referral then 'self'
        when converted_at is not null and claim_rank > 1 then 'duplicate'
        when converted_at is not null then 'converted'
        when referred_customer_id is not null then 'registered'
        when is_past_open_days then 'lapsed'
        else 'open'
    end as referral_state,
    -- Several may have invited the same customer; one invitation has brought them.
    converted_at is not null and not is_self_referral and claim_rank = 1 as is_converted,
    case
        when converted_at is not null and not is_self_referral and claim_rank = 1
            then {{ dbt.datediff('invited_day', 'cast(converted_at as date)', 'day') }}
    end as days_to_conversion,
    channel,
    reward_amount,
    is_past_open_days
from ranked
