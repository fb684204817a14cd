{{ config(tags=['x']) }} select * from {{ ref('b') }}
