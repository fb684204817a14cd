-- query: {"metrics": ["invitations", "referral_conversions", "referral_conversion_rate", "inviting_customers", "referral_rewards", "referral_days"], "grain": "month"}
with snap as (select first_transaction_day as f, snapshot_date - 1 as l from silver.int_snapshot),
months as (select cast(m as date) as m from snap, unnest(generate_series(date_trunc('month', f), l, interval 1 month)) as t (m)),
rows_in as (select r.* from gold.referral_program as r, snap where invited_day between f and l and referrer_customer_id is distinct from referred_customer_id)
select
    m as time,
    count(referral_id) as invitations,
    count(*) filter (where is_converted) as referral_conversions,
    count(*) filter (where is_converted) / nullif(count(referral_id), 0) as referral_conversion_rate,
    count(distinct referrer_customer_id) as inviting_customers,
    coalesce(sum(reward_amount) filter (where is_converted), 0) as referral_rewards,
    avg(days_to_conversion) as referral_days
from months left join rows_in on date_trunc('month', invited_day) = m
group by 1 order by 1
