{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='day', batch_size='day', begin='2024-01-01T00:00:00', lookback=1) }}
select cast(date_trunc('day', happened) as timestamp) as day, count(*) as n, max(id) as last from {{ ref('events') }} group by 1
