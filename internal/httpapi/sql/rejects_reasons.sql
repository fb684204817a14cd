select reason, source, count(*) as row_count
from {bronze.rejects}
group by reason, source
order by row_count desc, reason, source
limit 100
