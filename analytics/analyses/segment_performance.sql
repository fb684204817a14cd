-- What each cluster brings, and how many of its customers still buy.

select
    segments.segment_name,
    count(*) as customer_count,
    {{ share_of('count(*)', 'sum(count(*)) over ()') }} as customer_share,
    sum(segments.total_revenue) as total_revenue,
    {{ share_of('sum(segments.total_revenue)', 'sum(sum(segments.total_revenue)) over ()') }} as revenue_share,
    cast(sum(segments.total_revenue) / count(*) as decimal(18, 2)) as revenue_per_customer,
    cast(sum(segments.total_revenue) / sum(segments.order_count) as decimal(18, 2)) as average_order_value,
    cast(sum(segments.customer_lifetime_value) / count(*) as decimal(18, 2)) as average_lifetime_value,
    {{ share_of("sum(case when segments.activity_status in ('Active', 'Recent') then 1 else 0 end)", 'count(*)') }} as live_share,
    {{ wilson_low("sum(case when segments.activity_status in ('Active', 'Recent') then 1 else 0 end)", 'count(*)') }}
        as live_share_low,
    {{ wilson_high("sum(case when segments.activity_status in ('Active', 'Recent') then 1 else 0 end)", 'count(*)') }}
        as live_share_high
from {{ ref('fct_customer_segments') }} as segments
group by segments.segment_name
order by total_revenue desc
