-- The bits of metric_customer_months are the customer's days with a purchase, no more and no fewer.

with bits as (
    select
        days.calendar_day,
        count(*) as customer_count
    from {{ ref('metric_customer_months') }} as months
    inner join (
        select distinct activity_date as calendar_day
        from {{ ref('mart_customer_daily') }}
    ) as days
        on months.month_start = cast({{ dbt.date_trunc('month', 'days.calendar_day') }} as date)
    where
        cast(floor(months.active_day_bits / power(2, extract(day from days.calendar_day) - 1)) as bigint) % 2 = 1
    group by days.calendar_day
),

days as (
    select
        activity_date as calendar_day,
        count(*) as customer_count
    from {{ ref('mart_customer_daily') }}
    where sale_line_count > 0
    group by activity_date
)

select
    coalesce(bits.calendar_day, days.calendar_day) as calendar_day,
    bits.customer_count as by_bits,
    days.customer_count as by_days
from days
full outer join bits
    on days.calendar_day = bits.calendar_day
where days.customer_count is distinct from bits.customer_count
