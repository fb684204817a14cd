{{ config(materialized='table') }} select 'x' as name, 1 as id, cast(2.5 as decimal(10,2)) as amount
