-- $1 number of the last row of the page before, or null; $2 rows; $3 columns that hold no personal data, $4 sources
-- that hold some, with commas.
-- Rejects are only added: their row ids are their order.
select
    rowid as number, source, file, line, column_name,
    case
        when list_contains(string_split($3::varchar, ','), column_name) and not list_contains(string_split($4::varchar, ','), source) then value
        else [masked value]
    end as value,
    reason, load_id, loaded_at
from {clear bronze.rejects}
where $1::bigint is null or rowid < $1::bigint
order by rowid desc
limit $2
