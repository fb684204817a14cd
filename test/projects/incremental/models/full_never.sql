{{ config(full_refresh=false) }}
select id from {{ ref('events') }}
