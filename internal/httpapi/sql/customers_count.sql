-- $1 search pattern or null, $2 kind of segment or null, $3 segment
select count(*) as total
from {customer_360_profile}
where ($1::varchar is null
       or lower(customer_id) like $1 || '%' escape '\'
       or lower(email) like $1 || '%' escape '\'
       or lower(concat_ws(' ', first_name, last_name)) like '%' || $1 || '%' escape '\')
  and ($2::varchar is null or [segment] is not distinct from nullif($3, ''))
