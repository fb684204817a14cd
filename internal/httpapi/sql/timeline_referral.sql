select
    'referral' as kind, invited_at as "at", referral_id as id,
    case when referrer_customer_id = $1 then 'Invited ' || coalesce(referred_customer_id, 'somebody')
         else 'Invited by ' || coalesce(referrer_customer_id, 'somebody') end as title,
    null::varchar as detail, channel, reward_amount as amount, null::double as value, referral_state as status
from {referral_program}
where referrer_customer_id = $1 or referred_customer_id = $1
