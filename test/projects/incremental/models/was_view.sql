{{ config(materialized=var('was', 'view')) }}
select id from {{ ref('events') }}
