-- query: {"metrics": ["net_revenue", "units"], "dimensions": ["product_category"], "from": "2024-06-01", "to": "2024-08-31", "top": {"n": 3}}
-- on: generated
select p.category as product_category, sum(t.amount) as net_revenue, sum(t.quantity) filter (where t.transaction_class <> 'return') as units
from gold.fct_transactions as t left join gold.dim_product as p using (product_id)
where t.transaction_day between date '2024-06-01' and date '2024-08-31'
group by 1 order by 2 desc nulls last limit 3
