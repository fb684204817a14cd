-- How many rows there are, how many of them were generated, and about how many different values in each column; the
-- second list is empty for small tables, of which all is counted anyway.
select
    count(*) as row_count,
    [synthetic] as synthetic_rows,
    [distinct] as distinct_counts
from [relation]
