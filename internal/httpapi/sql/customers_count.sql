-- $1 text in lower case that is looked for, or null, $2 kind of segment or null, $3 segment
select count(*) as total
from {clear customer_360_profile}
where ($1::varchar is null or [matches])
  and ($2::varchar is null or [segment] is not distinct from nullif($3, ''))
