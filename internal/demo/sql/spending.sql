-- Spending segments with the sustainability score and the retention of their customers, the largest first.
select
    cast(customer_segment as varchar) as customer_segment,
    cast(customer_count as bigint) as customer_count,
    cast(customer_share as double) as customer_share,
    cast(net_revenue as decimal(18, 2)) as net_revenue,
    cast(avg_lifetime_value as decimal(18, 2)) as avg_lifetime_value,
    cast(sustainability_score as double) as sustainability_score,
    cast(retention_rate as double) as retention_rate
from gold.mart_customer_segments
order by customer_count desc, customer_segment
