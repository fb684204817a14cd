-- query: {"metrics": ["dau", "wau", "mau", "stickiness", "average_dau", "active_customers_30d"], "grain": "week"}
with snap as (select first_transaction_day as f, snapshot_date - 1 as l from silver.int_snapshot),
weeks as (
    select cast(w as date) as w, least(cast(w as date) + 6, l) as e, greatest(cast(w as date), f) as s
    from snap, unnest(generate_series(date_trunc('week', f), l, interval 7 day)) as t (w)
),
active as (select activity_date as d, customer_id from gold.mart_customer_daily where sale_line_count > 0),
counted as (
    select
        w, e, s,
        (select count(distinct customer_id) from active where d = e) as dau,
        (select count(distinct customer_id) from active where d between e - 6 and e) as wau,
        (select count(distinct customer_id) from active where d between e - 29 and e) as mau,
        (select count(*) from active where d between s and e) as customer_days
    from weeks
)
select
    w as time, dau, wau, mau, dau / nullif(mau, 0) as stickiness, customer_days / (e - s + 1) as average_dau, mau as active_customers_30d
from counted
order by w
