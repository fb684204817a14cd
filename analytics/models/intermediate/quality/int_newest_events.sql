-- The newest event that each load of transactions brought, so that nobody has to read all of them for it. An event after its
-- own load is a wrong clock and no news.

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_when_loads_gone() }}"
) }}

{% for name, event_column in [('transaction_logs', 'invoice_date'), ('transactions', 'transaction_at')] -%}
select
    '{{ name }}' as source_name,
    coalesce(_load_id, 0) as _load_id,
    cast(max(case when {{ event_column }} <= _loaded_at then {{ event_column }} end) as timestamp) as newest_event_at
from {{ source('bronze', name) }}
where {{ is_fresh() }}
group by coalesce(_load_id, 0)
{%- if not loop.last %}

union all

{% endif -%}
{% endfor %}
