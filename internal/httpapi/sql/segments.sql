-- Groups are counted by what they are, personal or not; who may not know what is personal does not get here.
select
    [segment] as name,
    count(*) as customers,
    count(*) / sum(count(*)) over () as share,
    coalesce(sum(net_revenue), 0) as revenue,
    coalesce(sum(net_revenue), 0)::double / nullif(sum(sum(net_revenue)) over (), 0)::double as revenue_share,
    coalesce(sum(order_count), 0)::bigint as orders,
    sum(lifetime_spend)::double / nullif(sum(order_count), 0) as average_order_value,
    avg(lifetime_value)::double as average_lifetime_value,
    avg(churn_probability_rule) as average_churn_probability,
    median(recency)::double as median_recency
from {clear customer_360_profile}
group by [segment]
order by revenue desc, name
