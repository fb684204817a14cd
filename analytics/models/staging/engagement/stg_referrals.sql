-- Invitations of customers by customers, one row each in the newest state.

with deliveries as (
    select
        trim(referral_id) as referral_id,
        trim(referrer_customer_id) as referrer_customer_id,
        nullif(trim(referred_customer_id), '') as referred_customer_id,
        cast(invited_at as timestamp) as invited_at,
        cast(converted_at as timestamp) as converted_at,
        coalesce(nullif(lower(trim(channel)), ''), 'unknown') as channel,
        cast(reward_amount as decimal(18, 2)) as reward_amount,
        coalesce(_load_id, 0) as _load_id,
        coalesce(_file, '') as _file,
        coalesce(_line, 0) as _line
    from {{ source('bronze', 'referrals') }}
    where
        trim(referral_id) <> ''
        and trim(referrer_customer_id) <> ''
        and invited_at is not null
),

ranked as (
    select
        *,
        {{ newest_delivery(['referral_id']) }} as delivery_rank
    from deliveries
)

select
    referral_id,
    referrer_customer_id,
    referred_customer_id,
    invited_at,
    cast(invited_at as date) as invited_day,
    converted_at,
    channel,
    reward_amount,
    _load_id,
    _file,
    _line
from ranked
where delivery_rank = 1
