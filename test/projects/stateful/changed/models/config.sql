{{ config(materialized='table', tags=['t']) }} select 1 as id, 'config' as name
