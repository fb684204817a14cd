-- Net revenue by week, the first day of the week beside; the last week may be short.
select
    cast(date_trunc('week', revenue_date) as date) as week_start,
    cast(sum(net_revenue) as decimal(18, 2)) as net_revenue
from gold.mart_daily_revenue
group by date_trunc('week', revenue_date)
order by week_start
