-- query: {"metrics": ["net_revenue", "orders", "customers", "average_order_value"], "grain": "week", "from": "2025-01-08", "to": "2025-02-20", "compare": "year", "filters": [{"dimension": "rfm_group", "op": "in", "values": ["Champions", "Loyal Customers"]}, {"dimension": "country", "op": "ne", "values": ["France"]}]}
-- on: generated
with weeks as (
    select cast(w as date) as w, greatest(cast(w as date), date '2025-01-08') as a, least(cast(w as date) + 6, date '2025-02-20') as e
    from unnest(generate_series(date '2025-01-06', date '2025-02-20', interval 7 day)) as t (w)
),
lines as (
    select t.* from gold.fct_transactions as t inner join gold.customer_segments as s using (customer_id)
    where s.rfm_group in ('Champions', 'Loyal Customers') and t.country is distinct from 'France'
),
figures as (
    select
        w, back, any_value(a) - 364 >= (select first_transaction_day from silver.int_snapshot) as meets_data,
        coalesce(sum(amount), 0) as revenue,
        count(*) filter (where opens_order) as orders,
        count(distinct customer_id) filter (where in_behaviour_models) as customers
    from weeks cross join (values (0), (364)) as b (back)
    left join lines on transaction_day between a - back and e - back
    group by 1, 2
)
select
    n.w as time,
    n.revenue as net_revenue, case when n.meets_data then p.revenue end as net_revenue_compared,
    n.orders as orders, case when n.meets_data then p.orders end as orders_compared,
    n.customers as customers, case when n.meets_data then p.customers end as customers_compared,
    cast(n.revenue as double) / nullif(n.orders, 0) as average_order_value,
    cast(case when n.meets_data then p.revenue end as double) / nullif(p.orders, 0) as average_order_value_compared
from figures as n inner join figures as p on n.w = p.w and n.back = 0 and p.back = 364
order by 1
