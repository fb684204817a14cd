select cast(max(newest_event_at) as date) as newest_day
from {all data_sources}
where is_present
