-- query: {"metrics": ["customer_count", "average_recency", "average_frequency", "average_monetary", "average_tenure", "average_r_score", "average_f_score", "average_m_score", "average_days_between_orders", "customer_revenue", "clv_historic_total", "clv_historic", "clv_historic_median", "clv_12m", "clv_12m_total", "clv_lifetime", "clv_classic_profit", "clv_classic_revenue", "churned_customers", "churn_rate", "high_risk_customers", "high_risk_share", "high_risk_margin", "churn_probability", "repeat_customers", "repeat_rate"], "dimensions": ["rfm_group"], "order_by": [{"name": "rfm_group"}]}
select
    s.rfm_group,
    count(*) as customer_count,
    avg(k.recency) as average_recency,
    avg(k.frequency) as average_frequency,
    avg(k.monetary) as average_monetary,
    avg(k.tenure) as average_tenure,
    avg(k.r_score) as average_r_score,
    avg(k.f_score) as average_f_score,
    avg(k.m_score) as average_m_score,
    avg(k.average_days_between_orders) as average_days_between_orders,
    sum(k.net_revenue) as customer_revenue,
    sum(k.historic_margin) as clv_historic_total,
    avg(k.historic_margin) as clv_historic,
    median(cast(k.historic_margin as double)) as clv_historic_median,
    avg(v.expected_margin_12m) as clv_12m,
    sum(v.expected_margin_12m) as clv_12m_total,
    avg(v.lifetime_value) as clv_lifetime,
    avg(cast(k.cltv_classic_profit as double)) as clv_classic_profit,
    avg(cast(k.cltv_classic_revenue as double)) as clv_classic_revenue,
    count(*) filter (where k.is_churned) as churned_customers,
    count(*) filter (where k.is_churned) / count(*) as churn_rate,
    (count(*) filter (where k.is_churned) + 1.959963984540054^2 / 2
        - 1.959963984540054 * sqrt(cast(count(*) filter (where k.is_churned) as double) * (count(*) - count(*) filter (where k.is_churned)) / count(*) + 1.959963984540054^2 / 4))
        / (count(*) + 1.959963984540054^2) as churn_rate_low,
    (count(*) filter (where k.is_churned) + 1.959963984540054^2 / 2
        + 1.959963984540054 * sqrt(cast(count(*) filter (where k.is_churned) as double) * (count(*) - count(*) filter (where k.is_churned)) / count(*) + 1.959963984540054^2 / 4))
        / (count(*) + 1.959963984540054^2) as churn_rate_high,
    count(*) as churn_rate_n,
    avg(k.recency) - case
        when count(*) = 2 then 12.706204736
        when count(*) = 3 then 4.302652730
        when count(*) = 4 then 3.182446305
        when count(*) = 5 then 2.776445105
        -- Abramowitz and Stegun, 26.7.5.
        else 1.959963984540054e0 + (1.959963984540054e0^3 + 1.959963984540054e0) / 4 / (count(*) - 1)
            + (5 * 1.959963984540054e0^5 + 16 * 1.959963984540054e0^3 + 3 * 1.959963984540054e0) / 96 / (count(*) - 1)^2
            + (3 * 1.959963984540054e0^7 + 19 * 1.959963984540054e0^5 + 17 * 1.959963984540054e0^3 - 15 * 1.959963984540054e0) / 384 / (count(*) - 1)^3
            + (79 * 1.959963984540054e0^9 + 776 * 1.959963984540054e0^7 + 1482 * 1.959963984540054e0^5 - 1920 * 1.959963984540054e0^3 - 945 * 1.959963984540054e0) / 92160 / (count(*) - 1)^4
    end * stddev_samp(k.recency) / sqrt(count(*)) as average_recency_low,
    count(*) filter (where k.churn_risk_group = 'High') as high_risk_customers,
    count(*) filter (where k.churn_risk_group = 'High') / count(*) as high_risk_share,
    coalesce(sum(v.expected_margin_12m) filter (where k.churn_risk_group = 'High'), 0) as high_risk_margin,
    avg(v.churn_probability) as churn_probability,
    count(*) filter (where k.order_count >= 2) as repeat_customers,
    count(*) filter (where k.order_count >= 2) / count(*) as repeat_rate
from gold.obt_customer_kpis_and_segmentation as k
inner join gold.customer_segments as s using (customer_id)
left join silver.int_customer_lifetime_value as v using (customer_id)
group by 1
order by 1
