-- Three ways to the same money: the classes that make net revenue, the days, and the
-- customers with guests and with the returns of customers who never bought.

with lines as (
    select
        sum(lines.total_amount) as net_revenue,
        sum(case when buyers.customer_id is not null then lines.total_amount else 0 end) as customer_revenue
    from {{ ref('int_total_amount_calc') }} as lines
    left join (
        select customer_id
        from {{ ref('int_customer_totals') }}
        where order_count > 0
    ) as buyers
        on lines.customer_id = buyers.customer_id
),

days as (
    select sum(net_revenue) as net_revenue
    from {{ ref('mart_daily_revenue') }}
),

customers as (
    select sum(net_revenue) as net_revenue
    from {{ ref('obt_customer_kpis_and_segmentation') }}
),

overall as (
    select
        net_revenue,
        company_net_revenue
    from {{ ref('obt_overall_customer_kpis') }}
)

select
    lines.net_revenue,
    lines.customer_revenue,
    days.net_revenue as daily_net_revenue,
    customers.net_revenue as customers_net_revenue,
    overall.net_revenue as overall_net_revenue,
    overall.company_net_revenue
from lines
cross join days
cross join customers
cross join overall
where
    lines.net_revenue <> days.net_revenue
    or lines.net_revenue <> overall.company_net_revenue
    or lines.customer_revenue <> customers.net_revenue
    or lines.customer_revenue <> overall.net_revenue
