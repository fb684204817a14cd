{{ config(materialized='table') }}
select count(*) as n from {{ ref('schema_fail') }} union all select count(*) from {{ ref('append') }}
