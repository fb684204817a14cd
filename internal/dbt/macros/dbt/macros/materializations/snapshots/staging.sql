{#- The changes since the last run, one row for each thing to do to the snapshot:
    dbt_change_type 'update' and 'delete' close the row of that dbt_scd_id at
    dbt_valid_to, and 'insert' opens a new one. -#}
{% macro snapshot_staging_table(strategy, source_sql, target_relation) -%}
  {{ adapter.dispatch('snapshot_staging_table', 'dbt')(strategy, source_sql, target_relation) }}
{%- endmacro %}

{% macro default__snapshot_staging_table(strategy, source_sql, target_relation) -%}
  {%- set columns = snapshot_columns() -%}
  {%- set key = strategy.unique_key -%}
  {%- set mark = strategy.hard_deletes == 'new_record' -%}
  {%- set now = snapshot_get_time() | trim -%}
  {%- set same_key = unique_key_join_on(key, 'snapshotted_data', 'source_data') -%}
  {%- set is_deleted = 'snapshotted_data.' ~ columns.dbt_is_deleted -%}
  {%- set changed = '(' ~ (strategy.row_changed | trim) ~ (' or ' ~ is_deleted ~ " = 'True'" if mark else '') ~ ')' -%}
  {%- set gone = unique_key_is_null(key, 'source_data') ~ (' and ' ~ is_deleted ~ " is distinct from 'True'" if mark else '') -%}
with snapshot_query as (
{{ source_sql }}
),
snapshotted_data as (
  select *, {{ unique_key_fields(key) }}
  from {{ target_relation }}
  where {{ snapshot_is_open(columns.dbt_valid_to) }}
),
source_data as (
  select
    *,
    {{ unique_key_fields(key) }},
    {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
    {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
    {{ get_dbt_valid_to_current(strategy, columns) }},
    {{ strategy.scd_id }} as {{ columns.dbt_scd_id }}
    {%- if mark %},
    'False' as {{ columns.dbt_is_deleted }}
    {%- endif %}
  from snapshot_query
)
select 'insert' as dbt_change_type, source_data.*
from source_data
left join snapshotted_data on {{ same_key }}
where {{ unique_key_is_null(key, 'snapshotted_data') }} or {{ changed }}
union all by name
select 'update' as dbt_change_type, source_data.* replace (
    source_data.{{ columns.dbt_updated_at }} as {{ columns.dbt_valid_to }},
    snapshotted_data.{{ columns.dbt_scd_id }} as {{ columns.dbt_scd_id }})
from source_data
join snapshotted_data on {{ same_key }}
where {{ changed }}
  {%- if strategy.hard_deletes in ['invalidate', 'new_record'] %}
union all by name
select
  'delete' as dbt_change_type,
  {{ now }} as {{ columns.dbt_valid_to }},
  snapshotted_data.{{ columns.dbt_scd_id }} as {{ columns.dbt_scd_id }}
from snapshotted_data
left join source_data on {{ same_key }}
where {{ gone }}
  {%- endif %}
  {%- if mark %}
union all by name
select
  'insert' as dbt_change_type,
  {{ deleted_row_columns(source_sql, target_relation) }}
  {{ now }} as {{ columns.dbt_valid_from }},
  {{ now }} as {{ columns.dbt_updated_at }},
  snapshotted_data.{{ columns.dbt_valid_to }} as {{ columns.dbt_valid_to }},
  {{ snapshot_hash_arguments(['snapshotted_data.' ~ columns.dbt_scd_id, now]) }} as {{ columns.dbt_scd_id }},
  'True' as {{ columns.dbt_is_deleted }}
from snapshotted_data
left join source_data on {{ same_key }}
where {{ gone }}
  {%- endif %}
{%- endmacro %}

{#- What is kept of a row that is gone: its last values in the query's columns. -#}
{% macro deleted_row_columns(source_sql, target_relation) -%}
  {%- set kept = adapter.get_columns_in_relation(target_relation) | map(attribute='name') | map('lower') | list -%}
  {%- for name in get_columns_in_query(source_sql) if name | lower in kept -%}
    snapshotted_data.{{ adapter.quote(name) }} as {{ adapter.quote(name) }}, {# -#}
  {%- endfor -%}
{%- endmacro %}
