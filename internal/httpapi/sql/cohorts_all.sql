    select
        cohort_month, months_since, cohort_customer_count as size, active_customer_count as active, net_revenue, net_margin,
        cumulative_margin_per_customer as margin_per_customer, is_complete
    from {mart_cohort_retention}
