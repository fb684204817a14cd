-- $1 pattern, $2 rows; url holds the id
select
    customer_id as url,
    coalesce(nullif(concat_ws(' ', first_name, last_name), ''), customer_id) as title,
    customer_id as subtitle
from {customer_360_profile}
where lower(customer_id) like $1 || '%' escape '\'
   or lower(email) like $1 || '%' escape '\'
   or lower(concat_ws(' ', first_name, last_name)) like '%' || $1 || '%' escape '\'
order by net_revenue desc nulls last, customer_id
limit $2
