select {{ dbt.current_timestamp() }} is not null as ok, typeof({{ dbt.current_timestamp() }}) as t, typeof({{ current_timestamp_backcompat() }}) as u
