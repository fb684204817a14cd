-- query: {"metrics": ["net_revenue", "gross_revenue", "returns_amount", "return_rate", "net_margin", "margin_rate", "orders", "units", "lines_sold", "lines_returned", "lines_discounted", "discounted_share", "average_order_value", "average_line_value", "units_per_order", "lines_per_order", "customers", "revenue_per_customer", "purchase_frequency", "revenue_to_date", "revenue_12m", "customers_12m", "new_revenue", "returning_revenue", "guest_revenue", "returning_revenue_share", "known_product_revenue", "sustainable_revenue", "sustainable_share", "new_customers", "returning_customers", "customers_won_to_date"], "grain": "month"}
with snap as (select first_transaction_day as f, snapshot_date - 1 as l from silver.int_snapshot),
months as (
    select cast(m as date) as m, cast(m + interval 1 month as date) - 1 as e
    from snap, unnest(generate_series(date_trunc('month', f), l, interval 1 month)) as t (m)
),
firsts as (
    select customer_id, min(transaction_day) as first_day
    from silver.int_transactions, snap
    where transaction_class = 'sale' and transaction_day <= l
    group by 1
),
lines as (
    select t.*, f.margin_amount, p.is_sustainable, t.transaction_class <> 'return' as sold, firsts.first_day
    from silver.int_transactions as t
    inner join gold.fct_transactions as f using (transaction_id, source_system)
    left join gold.dim_product as p on t.product_id = p.product_id
    left join firsts on t.customer_id = firsts.customer_id
    cross join snap
    where t.in_net_revenue and t.transaction_day <= snap.l
),
by_month as (
    select
        m,
        coalesce(sum(amount), 0) as net_revenue,
        coalesce(sum(amount) filter (where sold), 0) as gross_revenue,
        coalesce(sum(amount) filter (where not sold), 0) as returns_amount,
        coalesce(sum(margin_amount), 0) as net_margin,
        count(distinct coalesce(order_id, transaction_id)) filter (where sold) as distinct_orders,
        count(*) filter (where opens_order) as orders,
        coalesce(sum(quantity) filter (where sold), 0) as units,
        count(*) filter (where sold) as lines_sold,
        count(transaction_id) filter (where not sold) as lines_returned,
        count(*) filter (where sold and discount_amount > 0) as lines_discounted,
        count(distinct customer_id) filter (where transaction_class = 'sale') as customers,
        coalesce(sum(amount) filter (where customer_id is not null and transaction_day = first_day), 0) as new_revenue,
        coalesce(sum(amount) filter (where customer_id is not null and (first_day is null or transaction_day <> first_day)), 0) as returning_revenue,
        coalesce(sum(amount) filter (where customer_id is null), 0) as guest_revenue,
        coalesce(sum(amount) filter (where sold and is_sustainable is not null), 0) as known_product_revenue,
        coalesce(sum(amount) filter (where sold and is_sustainable), 0) as sustainable_revenue
    from months
    left join lines on date_trunc('month', transaction_day) = m
    group by m
),
won as (select date_trunc('month', first_day) as m, count(*) as new_customers from firsts group by 1),
windows as (
    select
        m,
        (select coalesce(sum(amount), 0) from lines where transaction_day <= least(e, snap.l)) as revenue_to_date,
        (select coalesce(sum(amount), 0) from lines where transaction_day between least(e, snap.l) - 364 and least(e, snap.l)) as revenue_12m,
        (select count(distinct customer_id) from lines where transaction_class = 'sale' and transaction_day between least(e, snap.l) - 364 and least(e, snap.l)) as customers_12m,
        (select count(*) from firsts where first_day <= least(e, snap.l)) as customers_won_to_date
    from months, snap
)
select
    m as time,
    net_revenue, gross_revenue, returns_amount,
    cast(-returns_amount as double) / nullif(cast(gross_revenue as double), 0) as return_rate,
    net_margin,
    cast(net_margin as double) / nullif(cast(net_revenue as double), 0) as margin_rate,
    distinct_orders as orders, units, lines_sold,
    lines_returned,
    lines_discounted,
    lines_discounted / nullif(lines_sold, 0) as discounted_share,
    cast(net_revenue as double) / nullif(orders, 0) as average_order_value,
    cast(gross_revenue as double) / nullif(lines_sold, 0) as average_line_value,
    units / nullif(orders, 0) as units_per_order,
    lines_sold / nullif(orders, 0) as lines_per_order,
    customers,
    cast(net_revenue as double) / nullif(customers, 0) as revenue_per_customer,
    orders / nullif(customers, 0) as purchase_frequency,
    revenue_to_date, revenue_12m, customers_12m,
    new_revenue, returning_revenue, guest_revenue,
    cast(returning_revenue as double) / nullif(cast(net_revenue as double), 0) as returning_revenue_share,
    known_product_revenue, sustainable_revenue,
    cast(sustainable_revenue as double) / nullif(cast(known_product_revenue as double), 0) as sustainable_share,
    coalesce(new_customers, 0) as new_customers,
    customers - coalesce(new_customers, 0) as returning_customers,
    customers_won_to_date
from by_month
left join won using (m)
inner join windows using (m)
order by m
