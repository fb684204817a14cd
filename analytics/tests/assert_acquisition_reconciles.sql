-- Spend is the spend of the days, every customer with an order is new once or was known before, and the margin of the first
-- year is that of the days it is made of.

with counts as (
    select
        (
            select coalesce(sum(cost), 0)
            from {{ ref('stg_acquisition_costs') }}
            where cost_date < (select snapshot_date from {{ ref('int_snapshot') }})
        ) as staged_spend,
        (select coalesce(sum(spend), 0) from {{ ref('mart_acquisition_channels') }}) as spend,
        (
            select count(distinct customer_id)
            from {{ ref('int_customer_monthly') }}
            where order_count > 0
        ) as customers,
        (select coalesce(sum(new_customer_count), 0) from {{ ref('mart_acquisition_channels') }}) as new_customers,
        (
            select count(*)
            from {{ ref('int_customer_first_year') }}
            where not is_new_customer
        ) as known_customers,
        (
            select coalesce(sum(margin_365), 0)
            from {{ ref('mart_acquisition_channels') }}
        ) + (
            select coalesce(sum(margin_365), 0)
            from {{ ref('int_customer_first_year') }}
            where not is_new_customer
        ) as margin,
        (
            select coalesce(sum(daily.net_margin), 0)
            from {{ ref('mart_customer_daily') }} as daily
            inner join (
                select
                    customer_id,
                    min(activity_date) as first_order_day
                from {{ ref('mart_customer_daily') }}
                where sale_line_count > 0
                group by customer_id
            ) as newcomers
                on daily.customer_id = newcomers.customer_id
            where
                daily.activity_date >= newcomers.first_order_day
                and {{ dbt.datediff('newcomers.first_order_day', 'daily.activity_date', 'day') }} <= 364
        ) as daily_margin
)

select *
from counts
where
    staged_spend <> spend
    or customers <> new_customers + known_customers
    or margin <> daily_margin
