-- The whole customer base in one row.

with customers as (
    select
        count(*) as customer_count,
        coalesce(sum(case when is_churned then 1 else 0 end), 0) as churned_customer_count,
        coalesce(sum(case when is_repeat_customer then 1 else 0 end), 0) as repeat_customer_count,
        coalesce(sum(order_count), 0) as order_count,
        coalesce(sum(gross_revenue), 0) as gross_revenue,
        coalesce(sum(returns_amount), 0) as returns_amount,
        coalesce(sum(net_revenue), 0) as net_revenue,
        coalesce(sum(sale_line_count + return_line_count), 0) as line_count,
        coalesce(sum(unit_count), 0) as unit_count,
        coalesce(sum(historic_margin), 0) as historic_margin,
        avg(recency) as average_recency,
        avg(frequency) as average_frequency,
        avg(tenure) as average_tenure,
        percentile_cont(0.5) within group (order by historic_margin) as median_historic_margin
    from {{ ref('obt_customer_kpis_and_segmentation') }}
),

-- Revenue that no customer in the table above stands for.
revenue as (
    select
        coalesce(sum(guest_amount), 0) as guest_revenue,
        coalesce(sum(net_revenue), 0) as company_net_revenue
    from {{ ref('mart_daily_revenue') }}
),

latest_activity as (
    select
        dau,
        wau,
        mau,
        stickiness
    from {{ ref('obt_customer_dau_mau_stickiness') }}
    order by activity_date desc
    limit 1
),

activity as (
    select
        avg(dau) as average_dau,
        avg(mau) as average_mau,
        -- Decimals add up to the same sum in any order of rows; doubles do not.
        avg(cast(stickiness as decimal(18, 12))) as average_stickiness
    from {{ ref('obt_customer_dau_mau_stickiness') }}
)

select
    snapshot.snapshot_date,
    snapshot.first_transaction_day,
    snapshot.last_transaction_day,
    customers.customer_count,
    cast(customers.customer_count - customers.churned_customer_count as bigint) as active_customer_count,
    cast(customers.churned_customer_count as bigint) as churned_customer_count,
    cast(customers.churned_customer_count as double) / nullif(customers.customer_count, 0) as churn_rate,
    cast(customers.repeat_customer_count as bigint) as repeat_customer_count,
    cast(customers.repeat_customer_count as double) / nullif(customers.customer_count, 0) as repeat_rate,
    cast(customers.order_count as bigint) as order_count,
    cast(customers.unit_count as bigint) as unit_count,
    cast(customers.gross_revenue as decimal(18, 2)) as gross_revenue,
    cast(customers.returns_amount as decimal(18, 2)) as returns_amount,
    cast(customers.net_revenue as decimal(18, 2)) as net_revenue,
    cast(revenue.guest_revenue as decimal(18, 2)) as guest_revenue,
    cast(revenue.company_net_revenue as decimal(18, 2)) as company_net_revenue,
    cast(-customers.returns_amount as double) / nullif(cast(customers.gross_revenue as double), 0) as return_rate,
    cast(customers.net_revenue / nullif(customers.order_count, 0) as decimal(18, 4)) as average_order_value,
    cast(customers.net_revenue / nullif(customers.line_count, 0) as decimal(18, 4)) as average_line_value,
    cast(customers.net_revenue / nullif(customers.customer_count, 0) as decimal(18, 4)) as revenue_per_customer,
    cast(customers.order_count as double) / nullif(customers.customer_count, 0) as orders_per_customer,
    cast(customers.historic_margin as decimal(18, 4)) as historic_margin,
    cast(customers.historic_margin / nullif(customers.customer_count, 0) as decimal(18, 4)) as average_historic_margin,
    cast(customers.median_historic_margin as decimal(18, 4)) as median_historic_margin,
    customers.average_recency,
    customers.average_frequency,
    customers.average_tenure,
    latest_activity.dau,
    latest_activity.wau,
    latest_activity.mau,
    latest_activity.stickiness,
    activity.average_dau,
    activity.average_mau,
    activity.average_stickiness
from {{ ref('int_snapshot') }} as snapshot
cross join customers
cross join revenue
left join latest_activity
    on true
cross join activity
