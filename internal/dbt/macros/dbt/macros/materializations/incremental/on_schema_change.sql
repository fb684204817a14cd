{#- What to do when an incremental model's columns are not those of its table:
    ignore, append_new_columns, sync_all_columns or fail. -#}

{% macro incremental_validate_on_schema_change(on_schema_change, default='ignore') %}
  {%- if on_schema_change in ['sync_all_columns', 'append_new_columns', 'fail', 'ignore'] -%}
    {%- do return(on_schema_change) -%}
  {%- endif -%}
  {%- if on_schema_change is not none -%}
    {%- do exceptions.warn("on_schema_change '" ~ on_schema_change ~ "' is unknown; '" ~ default ~ "' is used") -%}
  {%- endif -%}
  {%- do return(default) -%}
{% endmacro %}

{% macro check_for_schema_changes(source_relation, target_relation) %}
  {%- do return(adapter.dispatch('check_for_schema_changes', 'dbt')(source_relation, target_relation)) -%}
{% endmacro %}

{% macro default__check_for_schema_changes(source_relation, target_relation) %}
  {%- set source_columns = adapter.get_columns_in_relation(source_relation) -%}
  {%- set target_columns = adapter.get_columns_in_relation(target_relation) -%}
  {%- set added = diff_columns(source_columns, target_columns) -%}
  {%- set removed = diff_columns(target_columns, source_columns) -%}
  {%- set retyped = diff_column_data_types(source_columns, target_columns) -%}
  {%- do return({
      'schema_changed': (added or removed or retyped) | length > 0,
      'source_not_in_target': added,
      'target_not_in_source': removed,
      'source_columns': source_columns,
      'target_columns': target_columns,
      'new_target_types': retyped,
  }) -%}
{% endmacro %}

{% macro sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) %}
  {%- do return(adapter.dispatch('sync_column_schemas', 'dbt')(on_schema_change, target_relation, schema_changes_dict)) -%}
{% endmacro %}

{% macro default__sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) %}
  {%- set everything = on_schema_change == 'sync_all_columns' -%}
  {%- do alter_relation_add_remove_columns(
      target_relation,
      schema_changes_dict['source_not_in_target'],
      schema_changes_dict['target_not_in_source'] if everything else none) -%}
  {%- for change in schema_changes_dict['new_target_types'] if everything -%}
    {%- do alter_column_type(target_relation, change['column_name'], change['new_type']) -%}
  {%- endfor -%}
{% endmacro %}

{#- Follows the setting, and gives the columns to load; an empty dict for ignore. -#}
{% macro process_schema_changes(on_schema_change, source_relation, target_relation) %}
  {%- do return(adapter.dispatch('process_schema_changes', 'dbt')(on_schema_change, source_relation, target_relation)) -%}
{% endmacro %}

{% macro default__process_schema_changes(on_schema_change, source_relation, target_relation) %}
  {%- if on_schema_change == 'ignore' -%}
    {%- do return({}) -%}
  {%- endif -%}
  {%- set changes = check_for_schema_changes(source_relation, target_relation) -%}
  {%- if changes['schema_changed'] and on_schema_change == 'fail' -%}
    {%- do exceptions.raise_compiler_error(
        'the columns of ' ~ target_relation.render() ~ ' are not those of its query'
        ~ '; new in the query: ' ~ name_list(changes['source_not_in_target'])
        ~ '; missing from it: ' ~ name_list(changes['target_not_in_source'])
        ~ '; of another type: ' ~ (changes['new_target_types'] | map(attribute='column_name') | join(', ') or 'none')
        ~ '. Set on_schema_change to append_new_columns or sync_all_columns, or run with --full-refresh') -%}
  {%- endif -%}
  {%- if changes['schema_changed'] -%}
    {%- do sync_column_schemas(on_schema_change, target_relation, changes) -%}
  {%- endif -%}
  {#- A column that only the table has keeps its place there and gets nulls. -#}
  {%- do return(changes['source_columns']) -%}
{% endmacro %}

{% macro name_list(columns) %}
  {%- do return(columns | map(attribute='name') | join(', ') or 'none') -%}
{% endmacro %}
