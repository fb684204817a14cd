-- query: {"metrics": ["retained_customers", "active_before", "lost_customers", "reactivated_customers", "retention_rate"], "grain": "quarter"}
with snap as (select first_transaction_day as f, snapshot_date - 1 as l from silver.int_snapshot),
quarters as (
    select cast(q as date) as q from snap, unnest(generate_series(date_trunc('quarter', f), l, interval 3 month)) as t (q)
),
active as (select customer_id, month_start as m from silver.int_customer_monthly where active_day_count > 0),
firsts as (select customer_id, min(m) as first_month from active group by 1),
months as (select cast(m as date) as m from snap, unnest(generate_series(date_trunc('month', f), l, interval 1 month)) as t (m)),
flags as (
    select
        months.m,
        (select count(*) from active as a inner join active as b on a.customer_id = b.customer_id and b.m = a.m - interval 1 month where a.m = months.m) as retained,
        (select count(*) from active as a where a.m = months.m - interval 1 month) as active_before,
        (select count(*) from active as a inner join firsts using (customer_id) where a.m = months.m and first_month < a.m) as returning_all
    from months
)
select
    q as time,
    cast(coalesce(sum(retained), 0) as bigint) as retained_customers,
    cast(coalesce(sum(active_before), 0) as bigint) as active_before,
    cast(coalesce(sum(active_before - retained), 0) as bigint) as lost_customers,
    cast(coalesce(sum(returning_all - retained), 0) as bigint) as reactivated_customers,
    sum(retained) / nullif(sum(active_before), 0) as retention_rate
from quarters
left join flags on date_trunc('quarter', m) = q
group by q
order by q
