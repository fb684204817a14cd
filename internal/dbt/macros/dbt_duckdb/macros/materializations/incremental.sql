{#- Adds to the table that is there; builds it whole on the first run, after
    --full-refresh, and where a view is in its place. -#}
{% materialization incremental, adapter='duckdb' %}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set whole = existing_relation is none or not existing_relation.is_table or should_full_refresh() -%}
  {#- A strategy that does not exist should stop the first run already. -#}
  {%- set strategy_macro = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy') or 'default') -%}

  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- if whole -%}
    {%- do build_table(target_relation, existing_relation) -%}
    {%- do create_indexes(target_relation) -%}
  {%- else -%}
    {%- do add_to_table(target_relation, strategy_macro) -%}
  {%- endif -%}

  {%- do finish_relation(target_relation, existing_relation, full_refresh_mode=whole) -%}
  {%- do return({'relations': [target_relation]}) -%}
{% endmaterialization %}

{% macro add_to_table(target_relation, strategy_macro) %}
  {%- do adapter.ensure_transaction() -%}
  {%- set temp_relation = make_temp_relation(target_relation) -%}
  {%- call statement('stage') -%}
    {{ get_create_table_as_sql(True, temp_relation, sql) }}
  {%- endcall -%}
  {%- do adapter.expand_target_column_types(from_relation=temp_relation, to_relation=target_relation) -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change')) -%}
  {%- set dest_columns = process_schema_changes(on_schema_change, temp_relation, target_relation) -%}
  {%- if not dest_columns -%}
    {%- set dest_columns = adapter.get_columns_in_relation(target_relation) -%}
  {%- endif -%}
  {%- set build_sql = strategy_macro({
      'target_relation': target_relation,
      'temp_relation': temp_relation,
      'unique_key': config.get('unique_key'),
      'dest_columns': dest_columns,
      'incremental_predicates': config.get('predicates') or config.get('incremental_predicates'),
  }) -%}
  {%- call statement('main') -%}
    {{ build_sql }}
  {%- endcall -%}
  {%- do drop_relation(temp_relation) -%}
{% endmacro %}

{% macro duckdb__get_incremental_default_sql(arg_dict) %}
  {%- do return(get_incremental_delete_insert_sql(arg_dict)) -%}
{% endmacro %}
