-- $1 customer, $2 to $4 moment, kind and id of the last event of the page before, or null; $5 rows
select *
from ([events])
where $2::timestamp is null or ("at", kind, id) < ($2::timestamp, $3::varchar, $4::varchar)
order by "at" desc, kind desc, id desc
limit $5
