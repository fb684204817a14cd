-- Every churn risk group, with customers or without, in its order.
select
    cast(risks.churn_risk_group as varchar) as churn_risk_group,
    count(customers.customer_id) as customer_count,
    count(customers.customer_id)
    / cast(greatest(sum(count(customers.customer_id)) over (), 1) as double) as customer_share,
    cast(coalesce(sum(customers.net_revenue), 0) as decimal(18, 2)) as net_revenue,
    cast(risks.description as varchar) as description
from gold.dim_churn_group as risks
left join gold.obt_customer_kpis_and_segmentation as customers
    on risks.churn_risk_group = customers.churn_risk_group
group by risks.churn_risk_group, risks.sort_order, risks.description
order by risks.sort_order
