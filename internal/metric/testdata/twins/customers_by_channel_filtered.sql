-- query: {"metrics": ["customers", "net_revenue"], "dimensions": ["channel", "customer_type"], "grain": "month", "filters": [{"dimension": "value_tier", "op": "not_in", "values": ["Low", null]}], "order_by": [{"name": "time"}, {"name": "channel"}, {"name": "customer_type"}]}
with snap as (select first_transaction_day as f, snapshot_date - 1 as l from silver.int_snapshot),
months as (select cast(m as date) as m from snap, unnest(generate_series(date_trunc('month', f), l, interval 1 month)) as t (m)),
lines as (
    select t.*, coalesce(t.channel, 'unknown') as c, case when t.transaction_day = k.first_order_day then 'New' else 'Returning' end as n
    from gold.fct_transactions as t inner join gold.obt_customer_kpis_and_segmentation as k using (customer_id), snap
    where k.cltv_profit_segmentation in ('Medium', 'High') and t.transaction_day <= l
),
groups as (select distinct c, n from lines)
select m as time, g.c as channel, g.n as customer_type,
    count(distinct customer_id) filter (where in_behaviour_models) as customers,
    coalesce(sum(amount), 0) as net_revenue
from months cross join groups as g
left join lines on date_trunc('month', transaction_day) = m and lines.c = g.c and lines.n = g.n
group by 1, 2, 3 order by 1, 2, 3
