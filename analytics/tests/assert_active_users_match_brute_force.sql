-- The windows of the activity mart against their definition: customers counted anew, day by
-- day for DAU and on every seventh day and the last one for WAU and MAU.

with purchases as (
    select distinct
        customer_id,
        transaction_day
    from {{ ref('int_transactions') }}
    where
        transaction_class = 'sale'
        and transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
),

daily as (
    select
        transaction_day,
        count(distinct customer_id) as dau
    from purchases
    group by transaction_day
),

sampled_days as (
    select
        activity_date,
        {{ dbt.dateadd('day', -6, 'activity_date') }} as week_start,
        {{ dbt.dateadd('day', -29, 'activity_date') }} as month_start
    from {{ ref('obt_customer_dau_mau_stickiness') }}
    where
        {{ dbt.datediff("cast('2000-01-01' as date)", 'activity_date', 'day') }} % 7 = 0
        or activity_date = (select max(activity_date) from {{ ref('obt_customer_dau_mau_stickiness') }})
),

windows as (
    select
        sampled_days.activity_date,
        count(distinct case when purchases.transaction_day >= sampled_days.week_start then purchases.customer_id end) as wau,
        count(distinct purchases.customer_id) as mau
    from sampled_days
    left join purchases
        on purchases.transaction_day between sampled_days.month_start and sampled_days.activity_date
    group by sampled_days.activity_date
)

select
    activity.activity_date,
    activity.dau,
    daily.dau as expected_dau,
    activity.wau,
    windows.wau as expected_wau,
    activity.mau,
    windows.mau as expected_mau
from {{ ref('obt_customer_dau_mau_stickiness') }} as activity
left join daily
    on activity.activity_date = daily.transaction_day
left join windows
    on activity.activity_date = windows.activity_date
where
    activity.dau <> coalesce(daily.dau, 0)
    or activity.wau <> windows.wau
    or activity.mau <> windows.mau
