{{ config(incremental_strategy='replace_all') }}
select id, amount from {{ ref('events') }}
