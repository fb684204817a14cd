-- $1 first day of the cohort's month, $2 months since, $3 last customer of the page before or null, $4 rows
select
    customer_id, first_name, last_name, email, country, spending_segment, rfm_group, behavioural_group, ml_segment_name,
    activity_status, customer.first_order_day, customer.last_order_day, recency, customer.order_count, customer.net_revenue,
    average_order_value, lifetime_value, churn_probability_rule
from {customer_360_profile} as customer
join {int_customer_monthly} as monthly using (customer_id)
where date_trunc('month', customer.first_order_day)::date = $1::date
  and monthly.month_start = ($1::date + to_months($2::integer))::date
  and monthly.order_count > 0
  and ($3::varchar is null or customer_id > $3)
order by customer_id
limit $4
