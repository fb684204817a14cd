-- The customers with the largest margin so far.
select
    cast(customer_id as varchar) as customer_id,
    cast(country as varchar) as country,
    cast(rfm_segmentation as varchar) as rfm_segmentation,
    cast(frequency as bigint) as frequency,
    cast(recency as bigint) as recency,
    cast(net_revenue as decimal(18, 2)) as net_revenue
from gold.obt_customer_kpis_and_segmentation
order by historic_margin desc, customer_id asc
limit 5
