-- What customers did in the days after their first order, which is day 0: what channels and referrals are judged by.
--
-- Read from the days and not from the months: a window of 90 days does not end with a month.

with starts as (
    select
        customer_id,
        min(first_order_day) as first_order_day
    from {{ ref('int_customer_monthly') }}
    where first_order_day is not null
    group by customer_id
),

newcomers as (
    select
        starts.customer_id,
        starts.first_order_day,
        numbers.customer_number
    from starts
    inner join {{ ref('int_customer_numbers') }} as numbers
        on starts.customer_id = numbers.customer_id
),

days as (
    select
        newcomers.customer_number,
        daily.order_count,
        daily.net_margin,
        {{ dbt.datediff('newcomers.first_order_day', 'daily.activity_date', 'day') }} as day_number
    from newcomers
    inner join {{ ref('mart_customer_daily') }} as daily
        on newcomers.customer_number = daily._customer_number
    where
        daily.activity_date >= newcomers.first_order_day
        and daily.activity_date < cast({{ dbt.dateadd('day', 365, 'newcomers.first_order_day') }} as date)
),

windows as (
    select
        customer_number,
        sum(case when day_number < 90 then net_margin else 0 end) as margin_90,
        sum(net_margin) as margin_365,
        max(case when day_number between 1 and 89 and order_count > 0 then 1 else 0 end) as repeat_90,
        max(case when day_number between 90 and 179 and order_count > 0 then 1 else 0 end) as retained_90
    from days
    group by customer_number
)

select
    newcomers.customer_id,
    newcomers.first_order_day,
    cast({{ dbt.date_trunc('month', 'newcomers.first_order_day') }} as date) as cohort_month,
    coalesce(lower(nullif(trim(customers.acquisition_channel), '')), 'unknown') as acquisition_channel,
    cast(windows.margin_90 as decimal(18, 4)) as margin_90,
    cast(windows.margin_365 as decimal(18, 4)) as margin_365,
    -- Who signed up before the first transaction on record may have bought before it as well.
    coalesce(cast(customers.signed_up_at as date) >= snapshot.first_transaction_day, true) as is_new_customer,
    windows.repeat_90 = 1 as has_repeat_90,
    windows.retained_90 = 1 as is_retained_90,
    cast({{ dbt.dateadd('day', 90, 'newcomers.first_order_day') }} as date) <= snapshot.snapshot_date as is_observed_90,
    cast({{ dbt.dateadd('day', 180, 'newcomers.first_order_day') }} as date) <= snapshot.snapshot_date as is_observed_180,
    cast({{ dbt.dateadd('day', 365, 'newcomers.first_order_day') }} as date) <= snapshot.snapshot_date as is_observed_365
from newcomers
inner join windows
    on newcomers.customer_number = windows.customer_number
left join {{ ref('stg_customer_data') }} as customers
    on newcomers.customer_id = customers.customer_id
cross join {{ ref('int_snapshot') }} as snapshot
