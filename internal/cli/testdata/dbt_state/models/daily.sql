{{ config(materialized='incremental', unique_key=['day', 'shop'], incremental_strategy='delete+insert') }}
select day, shop, total from {{ source('raw', 'orders') }}
{% if is_incremental() %} where day > (select max(day) from {{ this }}) {% endif %}
