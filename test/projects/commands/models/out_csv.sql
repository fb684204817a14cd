{{ config(materialized='external', location='out.csv', format='csv', delimiter=';') }} select id, name from {{ ref('out') }}
