-- query: {"metrics": ["net_revenue", "orders", "customers", "average_order_value", "mau"], "grain": "day", "from": "2009-03-30", "to": "2009-04-02"}
select cast(d as date) as time, 0 as net_revenue, 0 as orders, 0 as customers, null as average_order_value, null as mau
from unnest(generate_series(date '2009-03-30', date '2009-04-02', interval 1 day)) as t (d)
order by 1
