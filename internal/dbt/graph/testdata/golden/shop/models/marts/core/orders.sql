{{ config(materialized='incremental', unique_key=['order_id','customer_id'], incremental_strategy='delete+insert', on_schema_change='append_new_columns', tags=['hourly']) }}
select * from {{ ref('int_orders') }}, {{ ref('countries') }}
