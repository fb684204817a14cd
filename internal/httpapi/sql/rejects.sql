-- $1 number of the last row of the page before, or null; $2 rows. Rejects are only added:
-- their row ids are their order.
select rowid as number, source, file, line, column_name, value, reason, load_id, loaded_at
from {bronze.rejects}
where $1::bigint is null or rowid < $1::bigint
order by rowid desc
limit $2
