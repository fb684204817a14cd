-- $1 text in lower case that is looked for, or null, $2 kind of segment or null, $3 segment, $4 whether there is
-- a page before, $5 and $6 its last sort key and customer, $7 rows. Who is found is shown as the scope sees them.
with found as (
    select customer_id, [sort] as sort_value
    from {clear customer_360_profile}
    where ($1::varchar is null or [matches])
      and ($2::varchar is null or [segment] is not distinct from nullif($3, ''))
      and (not $4
           or case when $5::varchar is null then [sort] is null and customer_id > $6
                   else [sort] is null
                        or [sort] [beyond] $5::[type]
                        or ([sort] = $5::[type] and customer_id > $6)
              end)
    order by [sort] [direction] nulls last, customer_id
    limit $7
)

select
    customer_id, first_name, last_name, email, country, spending_segment, rfm_group, behavioural_group, ml_segment_name,
    activity_status, first_order_day, last_order_day, recency, order_count, net_revenue, average_order_value, lifetime_value,
    churn_probability_rule, sort_value::varchar as sort_key
from {customer_360_profile}
join found using (customer_id)
order by sort_value [direction] nulls last, customer_id
