-- query: {"metrics": ["cohort_customers", "cohort_active_customers", "cohort_retention", "cohort_revenue", "cohort_margin", "cohort_margin_per_customer"], "dimensions": ["months_since"], "grain": "year", "order_by": [{"name": "time"}, {"name": "months_since"}]}
with snap as (select first_transaction_day as f, snapshot_date - 1 as l from silver.int_snapshot),
firsts as (
    select customer_id, cast(date_trunc('month', min(activity_date)) as date) as cohort
    from gold.mart_customer_daily where sale_line_count > 0 group by 1
),
sizes as (select cohort, count(*) as n from firsts group by 1),
ages as (
    select cohort, n, cast(m as date) as m, datediff('month', cohort, cast(m as date)) as age
    from sizes, snap, unnest(generate_series(cohort, l, interval 1 month)) as t (m)
    where m + interval 1 month <= l + 1
),
sums as (
    select cohort, cast(date_trunc('month', activity_date) as date) as m,
        count(distinct customer_id) filter (where sale_line_count > 0) as active, sum(net_revenue) as revenue, sum(net_margin) as margin
    from gold.mart_customer_daily inner join firsts using (customer_id)
    group by 1, 2
),
cells as (
    select date_trunc('year', cohort) as y, age, n, coalesce(active, 0) as active, coalesce(revenue, 0) as revenue, coalesce(margin, 0) as margin
    from ages left join sums using (cohort, m)
),
years as (select cast(y as date) as y from snap, unnest(generate_series(date_trunc('year', f), l, interval 1 year)) as t (y)),
groups as (select distinct age from cells)
select
    years.y as time,
    groups.age as months_since,
    cast(coalesce(sum(n), 0) as bigint) as cohort_customers,
    cast(coalesce(sum(active), 0) as bigint) as cohort_active_customers,
    sum(active) / nullif(sum(n), 0) as cohort_retention,
    coalesce(sum(revenue), 0) as cohort_revenue,
    coalesce(sum(margin), 0) as cohort_margin,
    cast(coalesce(sum(margin), 0) as double) / nullif(sum(n), 0) as cohort_margin_per_customer
from years cross join groups
left join cells on cells.y = years.y and cells.age = groups.age
group by 1, 2
order by 1, 2
