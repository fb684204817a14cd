{{ config(severity='warn', store_failures=true, alias='kept_failures') }}
select id from {{ ref('numbers') }} where id > 6
