-- One row: the figures of the tiles.
select
    cast(snapshot_date as date) as snapshot_date,
    cast(first_transaction_day as date) as first_transaction_day,
    cast(last_transaction_day as date) as last_transaction_day,
    cast(customer_count as bigint) as customer_count,
    cast(order_count as bigint) as order_count,
    cast(company_net_revenue as decimal(18, 2)) as company_net_revenue,
    cast(guest_revenue as decimal(18, 2)) as guest_revenue,
    cast(average_order_value as decimal(18, 2)) as average_order_value,
    cast(orders_per_customer as double) as orders_per_customer,
    cast(repeat_rate as double) as repeat_rate,
    cast(repeat_customer_count as bigint) as repeat_customer_count,
    cast(churn_rate as double) as churn_rate,
    cast(churned_customer_count as bigint) as churned_customer_count,
    cast(return_rate as double) as return_rate,
    cast(returns_amount as decimal(18, 2)) as returns_amount,
    cast(mau as bigint) as mau,
    cast(stickiness as double) as stickiness,
    cast(average_historic_margin as decimal(18, 2)) as average_historic_margin,
    cast(median_historic_margin as decimal(18, 2)) as median_historic_margin
from gold.obt_overall_customer_kpis
