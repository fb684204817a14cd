-- Do members of the loyalty programme buy again more often than customers who are not? Asked from a landmark 90 days before the
-- snapshot date: who had bought and who had joined by then, and who bought after it. Asking from the first order would
-- favour members, for one has to stay to join (J. R. Anderson, J Clin Oncol 1 (1983) 710). Members chose to join, so
-- the difference is an association and no effect of the programme.

with snapshot as (
    select
        snapshot_date,
        cast({{ dbt.dateadd('day', -90, 'snapshot_date') }} as date) as landmark
    from {{ ref('int_snapshot') }}
),

buyers as (
    select
        customer_id,
        min(first_order_day) as first_order_day,
        max(last_order_day) as last_order_day
    from {{ ref('int_customer_monthly') }}
    where first_order_day is not null
    group by customer_id
),

counted as (
    select
        sum(case when members.customer_id is not null then 1 else 0 end) as n,
        sum(case when members.customer_id is not null and buyers.last_order_day >= snapshot.landmark then 1 else 0 end)
            as repeats,
        sum(case when members.customer_id is null then 1 else 0 end) as other_n,
        sum(case when members.customer_id is null and buyers.last_order_day >= snapshot.landmark then 1 else 0 end)
            as other_repeats
    from buyers
    cross join snapshot
    left join {{ ref('loyalty_program') }} as members
        on
            buyers.customer_id = members.customer_id
            and members.joined_day < snapshot.landmark
    where buyers.first_order_day < snapshot.landmark
),

compared as (
    select
        n,
        {{ share_of('repeats', 'n') }} as rate,
        {{ share_of('other_repeats', 'other_n') }} as other_rate,
        {{ share_difference_low('repeats', 'n', 'other_repeats', 'other_n') }} as ci_low,
        {{ share_difference_high('repeats', 'n', 'other_repeats', 'other_n') }} as ci_high
    from counted
    where
        n > 0
        and other_n > 0
)

select
    'loyalty_repeat' as insight_key,
    'Repeat purchases of loyalty members against other customers' as title,
    'difference of shares with an order in the last 90 days' as statistic,
    rate - other_rate as value,
    ci_low,
    ci_high,
    cast(n as bigint) as n,
    other_rate as comparison_value,
    'Members: ' || {{ percent_text('rate') }} || ', others: ' || {{ percent_text('other_rate') }} || ': '
    || {{ difference_word('ci_low', 'ci_high') }} as finding
from compared
