-- Do customers who were brought by customers stay more often than the others? Retained: another order on days 90 to 179
-- after the first one, among those whose 180 days are over. Who is invited was not drawn by lot, so the difference
-- is an association.

with referred as (
    select distinct referred_customer_id as customer_id
    from {{ ref('referral_program') }}
    where
        is_converted
        and referred_customer_id is not null
),

counted as (
    select
        sum(case when referred.customer_id is not null then 1 else 0 end) as n,
        sum(case when referred.customer_id is not null and newcomers.is_retained_90 then 1 else 0 end) as retained,
        sum(case when referred.customer_id is null then 1 else 0 end) as other_n,
        sum(case when referred.customer_id is null and newcomers.is_retained_90 then 1 else 0 end) as other_retained
    from {{ ref('int_customer_first_year') }} as newcomers
    left join referred
        on newcomers.customer_id = referred.customer_id
    where
        newcomers.is_new_customer
        and newcomers.is_observed_180
),

compared as (
    select
        n,
        {{ share_of('retained', 'n') }} as rate,
        {{ share_of('other_retained', 'other_n') }} as other_rate,
        {{ share_difference_low('retained', 'n', 'other_retained', 'other_n') }} as ci_low,
        {{ share_difference_high('retained', 'n', 'other_retained', 'other_n') }} as ci_high
    from counted
    where
        n > 0
        and other_n > 0
)

select
    'referred_retention' as insight_key,
    'Retention of referred customers against the others' as title,
    'difference of shares retained after 90 days' as statistic,
    rate - other_rate as value,
    ci_low,
    ci_high,
    cast(n as bigint) as n,
    other_rate as comparison_value,
    'Referred customers: ' || {{ percent_text('rate') }} || ', others: ' || {{ percent_text('other_rate') }} || ': '
    || {{ difference_word('ci_low', 'ci_high') }} as finding
from compared
