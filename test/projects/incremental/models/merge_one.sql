{{ config(unique_key='id', incremental_strategy='merge') }}
select id, region, amount from {{ ref('events') }}
