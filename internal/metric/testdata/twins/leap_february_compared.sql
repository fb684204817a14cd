-- query: {"metrics": ["gross_revenue", "customers"], "grain": "month", "from": "2025-02-01", "to": "2025-03-14", "compare": "year"}
-- on: generated
with months (m, a, e, pa, pe) as (values
    (date '2025-02-01', date '2025-02-01', date '2025-02-28', date '2024-02-01', date '2024-02-29'),
    (date '2025-03-01', date '2025-03-01', date '2025-03-14', date '2024-03-01', date '2024-03-14')
)
select
    m as time,
    (select sum(amount) from gold.fct_transactions where transaction_class <> 'return' and transaction_day between a and e) as gross_revenue,
    (select sum(amount) from gold.fct_transactions where transaction_class <> 'return' and transaction_day between pa and pe) as gross_revenue_compared,
    (select count(distinct customer_id) from gold.fct_transactions where transaction_class = 'sale' and transaction_day between a and e) as customers,
    (select count(distinct customer_id) from gold.fct_transactions where transaction_class = 'sale' and transaction_day between pa and pe) as customers_compared
from months order by 1
