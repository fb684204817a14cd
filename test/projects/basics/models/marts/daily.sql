{{ config(materialized='incremental', unique_key='ordered_at', incremental_strategy='delete+insert', post_hook="select 1") }}
select ordered_at, count(*) as orders
from {{ ref('basics', 'stg_orders') }}
{% if is_incremental() %}
where ordered_at >= (select max(ordered_at) from {{ this }})
{% endif %}
group by 1
