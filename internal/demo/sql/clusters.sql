-- Customers by the group that the model put them in, and what share of each is active.
select
    cast(segment_name as varchar) as segment_name,
    count(*) as customer_count,
    count(*) / cast(greatest(sum(count(*)) over (), 1) as double) as customer_share,
    cast(coalesce(sum(total_revenue), 0) as decimal(18, 2)) as total_revenue,
    cast(sum(case when activity_status = 'Active' then 1 else 0 end) as double) / count(*) as active_share
from gold.fct_customer_segments
where segment_name is not null
group by segment_name
order by count(*) desc, segment_name
