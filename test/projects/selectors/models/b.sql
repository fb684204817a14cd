{{ config(tags=['x','y'], materialized='table') }} select * from {{ ref('a') }}
