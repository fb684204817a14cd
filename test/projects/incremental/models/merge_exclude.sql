{{ config(unique_key='id', incremental_strategy='merge', merge_exclude_columns=['amount']) }}
select id, region, amount from {{ ref('events') }}
