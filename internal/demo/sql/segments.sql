-- Every RFM segment, with customers or without, in its order.
select
    cast(segments.rfm_segmentation as varchar) as rfm_segmentation,
    count(customers.customer_id) as customer_count,
    count(customers.customer_id)
    / cast(greatest(sum(count(customers.customer_id)) over (), 1) as double) as customer_share,
    cast(coalesce(sum(customers.net_revenue), 0) as decimal(18, 2)) as net_revenue,
    cast(segments.recommended_action as varchar) as recommended_action
from gold.dim_rfm_group as segments
left join gold.obt_customer_kpis_and_segmentation as customers
    on segments.rfm_segmentation = customers.rfm_segmentation
group by segments.rfm_segmentation, segments.sort_order, segments.recommended_action
order by segments.sort_order
