{{ config(materialized='external', location='out.parquet') }} select 1 as id, 'x' as name
