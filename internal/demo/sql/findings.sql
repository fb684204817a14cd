-- What the data shows, in the words of the insights themselves.
select cast(finding as varchar) as finding
from gold.mart_insights
where finding is not null
order by insight_key
