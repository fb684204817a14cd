-- How many of the lost come back? A customer is lost when churn_window days have passed without a
-- purchase, and won back with a purchase within win_back_days after that. Only losses whose time
-- to come back is over count. Gaps that long always cross a month, so months show them all.

with steps as (
    select
        monthly.customer_id,
        monthly.last_order_day,
        lead(monthly.first_order_day) over (partition by monthly.customer_id order by monthly.month_start) as next_order_day,
        snapshot.snapshot_date
    from {{ ref('int_customer_monthly') }} as monthly
    cross join {{ ref('int_snapshot') }} as snapshot
    where monthly.active_day_count > 0
),

losses as (
    select
        customer_id,
        {{ dbt.datediff('last_order_day', 'next_order_day', 'day') }} as gap_days
    from steps
    where
        {{ dbt.datediff('last_order_day', 'coalesce(next_order_day, snapshot_date)', 'day') }} > {{ var('churn_window') }}
        and {{ dbt.datediff('last_order_day', 'snapshot_date', 'day') }} > {{ var('churn_window') + var('win_back_days') }}
),

counted as (
    select
        count(*) as n,
        coalesce(sum(case when gap_days <= {{ var('churn_window') + var('win_back_days') }} then 1 else 0 end), 0) as won_back
    from losses
)

select
    'win_back_rate' as insight_key,
    'Winning back' as title,
    'Share of losses (over {{ var("churn_window") }} days without a purchase) that bought within {{ var("win_back_days") }} days after'
        as statistic,
    {{ share_of('won_back', 'n') }} as value,
    {{ wilson_low('won_back', 'n') }} as ci_low,
    {{ wilson_high('won_back', 'n') }} as ci_high,
    n,
    cast(null as double) as comparison_value,
    case
        when n > 0 then {{ percent_text(share_of('won_back', 'n')) }} || ' of the lost came back'
        else 'Nobody has been lost for long enough to tell'
    end as finding
from counted
