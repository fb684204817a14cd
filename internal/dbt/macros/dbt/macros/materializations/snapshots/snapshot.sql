{#- Keeps every version of a query's rows: a row that changes or goes away is closed
    (dbt_valid_to), and its new version is opened beside it. -#}
{% materialization snapshot, default %}
  {%- set target_exists, target_relation = get_or_create_relation(
      database=model.database, schema=model.schema, identifier=model.get('alias', model.get('name')), type='table') -%}
  {%- if not target_relation.is_table -%}
    {%- do exceptions.relation_wrong_type(target_relation, 'table') -%}
  {%- endif -%}

  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {#- One transaction has one time: every row of this run gets the same. -#}
  {%- do adapter.ensure_transaction() -%}
  {%- set strategy_macro = strategy_dispatch(config.get('strategy')) -%}
  {%- set strategy = strategy_macro(model, 'snapshotted_data', 'source_data', model['config'], target_exists) -%}
  {%- set staging_table = none -%}

  {%- if not target_exists -%}
    {%- set final_sql = create_table_as(False, target_relation, build_snapshot_table(strategy, sql)) -%}
  {%- else -%}
    {%- do adapter.assert_valid_snapshot_target_given_strategy(target_relation, snapshot_columns(), strategy) -%}
    {%- set staging_table = build_snapshot_staging_table(strategy, sql, target_relation) -%}
    {%- set helpers = snapshot_helper_columns(strategy) -%}
    {%- set added = [] -%}
    {%- for column in adapter.get_missing_columns(staging_table, target_relation) if column.name | lower not in helpers -%}
      {%- do added.append(column) -%}
    {%- endfor -%}
    {%- do create_columns(target_relation, added) -%}
    {%- set insert_cols = [] -%}
    {%- for column in adapter.get_columns_in_relation(staging_table) if column.name | lower not in helpers -%}
      {%- do insert_cols.append(adapter.quote(column.name)) -%}
    {%- endfor -%}
    {%- set final_sql = snapshot_merge_sql(target=target_relation, source=staging_table, insert_cols=insert_cols) -%}
  {%- endif -%}

  {%- call statement('main') -%}
    {{ final_sql }}
  {%- endcall -%}
  {%- if staging_table is not none -%}
    {%- do post_snapshot(staging_table) -%}
  {%- else -%}
    {%- do create_indexes(target_relation) -%}
  {%- endif -%}

  {%- do finish_relation(target_relation, target_relation if target_exists else none, full_refresh_mode=False) -%}
  {%- do return({'relations': [target_relation]}) -%}
{% endmaterialization %}
