-- Invitations by the month in which they were sent and by channel, and what became of them. A few rows a month, made anew
-- each time, since an invitation may be answered long after its month.

with invitations as (
    select
        cast({{ dbt.date_trunc('month', 'invited_day') }} as date) as month_start,
        channel,
        count(*) as invitation_count,
        count(distinct referrer_customer_id) as referrer_count,
        sum(case when is_converted then 1 else 0 end) as converted_count,
        coalesce(sum(case when is_converted then reward_amount end), 0) as reward_cost,
        sum(days_to_conversion) as conversion_days,
        min(case when is_past_open_days then 1 else 0 end) as is_past_open_days
    from {{ ref('referral_program') }}
    where referral_state <> 'self'
    group by
        cast({{ dbt.date_trunc('month', 'invited_day') }} as date),
        channel
),

customers as (
    select
        months.month_start,
        count(newcomers.customer_id) as customer_count
    from (select distinct month_start from invitations) as months
    left join {{ ref('int_customer_first_year') }} as newcomers
        on newcomers.cohort_month <= months.month_start
    group by months.month_start
)

select
    invitations.month_start,
    invitations.channel,
    invitations.invitation_count,
    invitations.referrer_count,
    cast(invitations.converted_count as bigint) as converted_count,
    {{ share_of('invitations.converted_count', 'invitations.invitation_count') }} as conversion_rate,
    {{ wilson_low('invitations.converted_count', 'invitations.invitation_count') }} as conversion_rate_low,
    {{ wilson_high('invitations.converted_count', 'invitations.invitation_count') }} as conversion_rate_high,
    {{ share_of('invitations.conversion_days', 'invitations.converted_count') }} as average_days_to_conversion,
    cast(invitations.reward_cost as decimal(18, 2)) as reward_cost,
    {{ share_of('invitations.reward_cost', 'invitations.converted_count') }} as reward_cost_per_conversion,
    customers.customer_count,
    {{ share_of('invitations.invitation_count', 'customers.customer_count') }} as invitations_per_customer,
    {{ share_of('invitations.converted_count', 'customers.customer_count') }} as k_factor,
    invitations.is_past_open_days = 1 as is_complete
from invitations
inner join customers
    on invitations.month_start = customers.month_start
