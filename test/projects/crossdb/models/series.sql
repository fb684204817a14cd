{{ dbt.generate_series(6) }}
