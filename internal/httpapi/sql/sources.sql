select source_name, is_present, row_count, load_count, first_loaded_at, last_loaded_at, newest_event_at, is_synthetic, fill_command, note
from {data_sources}
order by source_name
