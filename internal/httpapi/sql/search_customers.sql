-- $1 text in lower case, $2 rows; url holds the id
select
    customer_id as url,
    coalesce(nullif(concat_ws(' ', first_name, last_name), ''), customer_id) as title,
    customer_id as subtitle
from {customer_360_profile}
join (
    select customer_id
    from {clear customer_360_profile}
    where [matches]
    order by net_revenue desc nulls last, customer_id
    limit $2
) as found using (customer_id)
order by net_revenue desc nulls last, customer_id
