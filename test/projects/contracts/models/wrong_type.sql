{{ config(materialized='table') }} select 'a' as id
