-- query: {"metrics": ["acquisition_spend", "impressions", "clicks", "click_through_rate", "customers_won", "acquisition_cost", "cost_per_sign_up", "sign_up_count", "first_year_margin", "first_quarter_margin", "acquisition_return", "observed_newcomers", "repeating_newcomers", "repeat_rate_90d", "cohort_acquisition_count", "paid_back_cohorts", "paid_back_share", "payback_months"], "dimensions": ["acquisition_channel"], "order_by": [{"name": "acquisition_channel"}]}
with snap as (select first_transaction_day as f, snapshot_date as s from silver.int_snapshot),
spend as (
    select channel as c, sum(cost) as cost, sum(impressions) as impressions, sum(clicks) as clicks
    from gold.acquisition_costs, snap where cost_date between f and s - 1 group by 1
),
ups as (
    select coalesce(acquisition_channel, 'unknown') as c, count(*) as sign_ups
    from silver.stg_customer_data, snap where cast(signed_up_at as date) between f and s - 1 group by 1
),
firsts as (
    select k.customer_id, k.first_order_day, coalesce(d.acquisition_channel, 'unknown') as c
    from gold.obt_customer_kpis_and_segmentation as k left join silver.stg_customer_data as d using (customer_id), snap
    where d.signed_up_at is null or cast(d.signed_up_at as date) >= f
),
won as (
    select
        c, count(*) as customers_won, sum(y.margin_365) as margin_365,
        avg(y.margin_90) filter (where y.is_observed_90) as margin_90,
        count(*) filter (where first_order_day + 90 <= s) as observed,
        count(*) filter (where y.is_observed_90 and y.has_repeat_90) as repeated
    from firsts inner join silver.int_customer_first_year as y using (customer_id, first_order_day), snap
    group by 1
),
pay as (
    select acquisition_channel as c, count(*) as cohorts, count(*) filter (where is_paid_back) as paid, avg(payback_months) as months
    from gold.mart_cohort_payback, snap where acquisition_cost is not null and cohort_month <= s - 1 group by 1
),
channels as (select c from spend union select c from ups union select c from won union select c from pay)
select
    c as acquisition_channel,
    coalesce(cost, 0) as acquisition_spend,
    coalesce(impressions, 0) as impressions,
    coalesce(clicks, 0) as clicks,
    clicks / nullif(impressions, 0) as click_through_rate,
    coalesce(customers_won, 0) as customers_won,
    coalesce(cast(cost as double), 0) / nullif(customers_won, 0) as acquisition_cost,
    coalesce(cast(cost as double), 0) / nullif(sign_ups, 0) as cost_per_sign_up,
    coalesce(sign_ups, 0) as sign_up_count,
    coalesce(margin_365, 0) as first_year_margin,
    margin_90 as first_quarter_margin,
    (coalesce(cast(margin_365 as double), 0) - cast(cost as double)) / nullif(cast(cost as double), 0) as acquisition_return,
    coalesce(observed, 0) as observed_newcomers,
    coalesce(repeated, 0) as repeating_newcomers,
    repeated / nullif(observed, 0) as repeat_rate_90d,
    coalesce(cohorts, 0) as cohort_acquisition_count,
    coalesce(paid, 0) as paid_back_cohorts,
    paid / nullif(cohorts, 0) as paid_back_share,
    months as payback_months
from channels
left join spend using (c)
left join ups using (c)
left join won using (c)
left join pay using (c)
order by 1
