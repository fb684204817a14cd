{{ config(materialized='ephemeral') }}
with base as (select * from {{ ref('a') }})
select id, id * 2 as twice from base
