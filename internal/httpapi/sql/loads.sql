select load_id, source, table_name, file, bytes, rows_loaded, rows_rejected, started_at, finished_at
from {bronze.loads}
order by load_id desc
limit 100
