-- $1 first day of the cohort's month, $2 months since, $3 whether there is a page before, $4 and $5 net revenue and number
-- of its last customer, $6 rows. Sorted by what is shown: to whom revenue is hidden, its order tells nothing either.
select
    customer_id, first_name, last_name, email, country, spending_segment, rfm_group, behavioural_group, ml_segment_name,
    activity_status, customer.first_order_day, customer.last_order_day, recency, customer.order_count, customer.net_revenue,
    average_order_value, lifetime_value, churn_probability_rule, customer.net_revenue::varchar as sort_key
from {customer_360_profile} as customer
join {int_customer_monthly} as monthly using (customer_id)
where date_trunc('month', customer.first_order_day)::date = $1::date
  and monthly.month_start = ($1::date + to_months($2::integer))::date
  and monthly.order_count > 0
  and (not $3
       or case when $4::varchar is null then customer.net_revenue is null and customer_id > $5
               else customer.net_revenue is null
                    or customer.net_revenue < $4::[type]
                    or (customer.net_revenue = $4::[type] and customer_id > $5)
          end)
order by customer.net_revenue desc nulls last, customer_id
limit $6
