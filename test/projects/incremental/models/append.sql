{{ config(incremental_strategy='append') }}
select id, region, amount from {{ ref('events') }}
{% if is_incremental() %}where id > {{ newest('id') }}{% endif %}
