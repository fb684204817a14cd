{{ config(materialized='table', event_time='happened') }}
select i as id, timestamp '2024-01-01 12:00:00' + to_days((i / 2)::int) as happened from range(8) t(i)
