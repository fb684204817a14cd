    -- The figures of mart_cohort_retention for some customers: those of a channel, $3, or null; and those that the scope
    -- sees. The mart gives the calendar alone.
    select
        cohort_month, months_since, size, active, net_revenue, net_margin, is_complete,
        sum(net_margin) over (partition by cohort_month order by months_since) / size as margin_per_customer
    from (
        select
            shape.cohort_month, shape.months_since, shape.is_complete, members.size,
            count(*) filter (where monthly.order_count > 0) as active,
            coalesce(sum(monthly.net_revenue), 0) as net_revenue, coalesce(sum(monthly.net_margin), 0) as net_margin
        from {all mart_cohort_retention} as shape
        join (
            select date_trunc('month', first_order_day)::date as cohort_month, count(*) as size
            from {customer_360_profile}
            where ($3::varchar is null or acquisition_channel = $3) and first_order_day is not null
            group by 1
        ) as members using (cohort_month)
        left join (
            select date_trunc('month', customer.first_order_day)::date as cohort_month, spent.*
            from {int_customer_monthly} as spent
            join {customer_360_profile} as customer using (customer_id)
            where ($3::varchar is null or customer.acquisition_channel = $3) and customer.first_order_day is not null
        ) as monthly
            on monthly.cohort_month = shape.cohort_month and monthly.month_start = shape.activity_month
        group by 1, 2, 3, 4
    )
