-- When the newest content was loaded, and whether any of it was generated. Files of
-- synthetic data say so in their name.
select
    max(finished_at) as loaded_at,
    coalesce(bool_or(contains(lower(file), 'synthetic')), false) as is_synthetic
from {all bronze.loads}
where rows_loaded > 0
