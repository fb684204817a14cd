-- How many rows there are, and about how many different values in each column; the
-- second list is empty for small tables, of which all is counted anyway.
select count(*) as row_count, [distinct] as distinct_counts
from [relation]
