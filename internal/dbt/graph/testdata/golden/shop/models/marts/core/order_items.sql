{{ config(materialized='view', persist_docs={'relation': true, 'columns': true}, post_hook="select 1") }}
select * from {{ ref('orders') }}, {{ ref('int_items') }}, {{ ref('common','dim_days') }}
