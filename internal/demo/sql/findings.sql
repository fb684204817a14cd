-- What the data shows, in the words of the insights themselves.
select
    cast(title as varchar) as title,
    cast(finding as varchar) as finding
from gold.mart_insights
where finding is not null
order by insight_key
