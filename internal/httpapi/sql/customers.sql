-- $1 search pattern or null, $2 kind of segment or null, $3 segment, $4 whether there is
-- a page before, $5 and $6 its last sort key and customer, $7 rows
select
    customer_id, first_name, last_name, email, country, spending_segment, rfm_group, behavioural_group, ml_segment_name,
    activity_status, first_order_day, last_order_day, recency, order_count, net_revenue, average_order_value, lifetime_value,
    churn_probability_rule, [sort]::varchar as sort_key
from {customer_360_profile}
where ($1::varchar is null
       or lower(customer_id) like $1 || '%' escape '\'
       or lower(email) like $1 || '%' escape '\'
       or lower(concat_ws(' ', first_name, last_name)) like '%' || $1 || '%' escape '\')
  and ($2::varchar is null or [segment] is not distinct from nullif($3, ''))
  and (not $4
       or case when $5::varchar is null then [sort] is null and customer_id > $6
               else [sort] is null
                    or [sort] [beyond] $5::[type]
                    or ([sort] = $5::[type] and customer_id > $6)
          end)
order by [sort] [direction] nulls last, customer_id
limit $7
