-- query: {"metrics": ["net_revenue", "customers", "average_order_value", "discounted_share"], "dimensions": ["country"], "grain": "quarter", "from": "2024-05-10", "to": "2025-02-14", "top": {"n": 2, "by": "customers", "rest": true}, "order_by": [{"name": "time"}, {"name": "country"}]}
-- on: generated
with lines as (select * from gold.fct_transactions where transaction_day between date '2024-05-10' and date '2025-02-14'),
best as (
    select country from lines where transaction_class = 'sale' group by 1 order by count(distinct customer_id) desc, 1 limit 2
),
named as (select *, case when country in (select country from best) then country else 'Other' end as g from lines),
quarters (q) as (values (date '2024-04-01'), (date '2024-07-01'), (date '2024-10-01'), (date '2025-01-01'))
select
    q as time, g as country,
    sum(amount) as net_revenue,
    count(distinct customer_id) filter (where transaction_class = 'sale') as customers,
    cast(sum(amount) as double) / count(*) filter (where opens_order) as average_order_value,
    count(*) filter (where transaction_class <> 'return' and is_discounted) / count(*) filter (where transaction_class <> 'return') as discounted_share
from quarters inner join named on date_trunc('quarter', transaction_day) = q
group by 1, 2
order by q, g
