{#- How a snapshot tells that a row changed. A project adds a strategy of its own by
    defining snapshot_NAME_strategy with these parameters. It returns a dict of
    unique_key, updated_at, row_changed, scd_id and hard_deletes. -#}

{#- Finds the macro of a strategy named NAME or PACKAGE.NAME. -#}
{% macro strategy_dispatch(name) -%}
  {%- set package, _, short = name.rpartition('.') -%}
  {%- if package and package not in context -%}
    {%- do exceptions.raise_compiler_error("the snapshot strategy '" ~ name ~ "' names the package '" ~ package ~ "', which is not installed") -%}
  {%- endif -%}
  {%- set scope = context[package] if package else context -%}
  {%- set macro_name = 'snapshot_' ~ short ~ '_strategy' -%}
  {%- if macro_name not in scope -%}
    {%- do exceptions.raise_compiler_error(
        "there is no snapshot strategy '" ~ name ~ "': use timestamp or check, or define the macro " ~ macro_name) -%}
  {%- endif -%}
  {%- do return(scope[macro_name]) -%}
{%- endmacro %}

{#- The id of one version of a row. -#}
{% macro snapshot_hash_arguments(args) -%}
  {{ adapter.dispatch('snapshot_hash_arguments', 'dbt')(args) }}
{%- endmacro %}

{% macro default__snapshot_hash_arguments(args) -%}
  md5({% for arg in args %}coalesce(cast({{ arg }} as varchar), ''){{ " || '|' || " if not loop.last }}{% endfor %})
{%- endmacro %}

{#- A row changed when its updated_at is later than the open version's start. -#}
{% macro snapshot_timestamp_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {%- set updated_at = config.get('updated_at') -%}
  {%- do return(snapshot_strategy(
      updated_at,
      '(' ~ snapshotted_rel ~ '.' ~ snapshot_columns().dbt_valid_from ~ ' < ' ~ current_rel ~ '.' ~ updated_at ~ ')')) -%}
{% endmacro %}

{#- A row changed when one of check_cols has; and every row has when a column is new. -#}
{% macro snapshot_check_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {%- set column_added, check_cols = snapshot_check_all_get_existing_columns(node, target_exists, config.get('check_cols')) -%}
  {%- set differences = [] -%}
  {%- for column in check_cols -%}
    {%- do differences.append(snapshotted_rel ~ '.' ~ column ~ ' is distinct from ' ~ current_rel ~ '.' ~ column) -%}
  {%- endfor -%}
  {%- do return(snapshot_strategy(
      config.get('updated_at') or (snapshot_get_time() | trim),
      '(' ~ (get_true_sql() | trim if column_added else differences | join(' or ') or 'false') ~ ')')) -%}
{% endmacro %}

{% macro snapshot_strategy(updated_at, row_changed) %}
  {%- set unique_key = config.get('unique_key') -%}
  {%- set hard_deletes = adapter.get_hard_deletes_behavior(config) -%}
  {%- do return({
      'unique_key': unique_key,
      'updated_at': updated_at,
      'row_changed': row_changed,
      'scd_id': snapshot_hash_arguments(api.Relation.scd_args(unique_key, updated_at)),
      'invalidate_hard_deletes': hard_deletes == 'invalidate',
      'hard_deletes': hard_deletes,
  }) -%}
{% endmacro %}

{#- Gives (whether the query has a column that the snapshot lacks, the quoted columns of both). -#}
{% macro snapshot_check_all_get_existing_columns(node, target_exists, check_cols_config) -%}
  {%- if check_cols_config != 'all' and (check_cols_config is string or check_cols_config is not iterable or not check_cols_config) -%}
    {%- do exceptions.raise_compiler_error("check_cols must be 'all' or a list of columns, not " ~ check_cols_config) -%}
  {%- endif -%}
  {%- if not target_exists -%}
    {%- do return((false, [])) -%}
  {%- endif -%}
  {%- set wanted = '*' if check_cols_config == 'all' else check_cols_config | join(', ') -%}
  {%- set query_columns = get_columns_in_query('select ' ~ wanted ~ ' from (\n' ~ node['compiled_code'] ~ '\n) as subq') -%}
  {%- set target = adapter.get_relation(database=node.database, schema=node.schema, identifier=node.alias) -%}
  {%- set existing = adapter.get_columns_in_relation(target) | map(attribute='name') | map('lower') | list -%}
  {%- set common = [] -%}
  {%- for name in query_columns if name | lower in existing -%}
    {%- do common.append(adapter.quote(name)) -%}
  {%- endfor -%}
  {%- do return((common | length < query_columns | length, common)) -%}
{%- endmacro %}

{% macro snapshot_string_as_time(timestamp) -%}
  {{ adapter.dispatch('snapshot_string_as_time', 'dbt')(timestamp) }}
{%- endmacro %}

{% macro default__snapshot_string_as_time(timestamp) -%}
  cast({{ dbt.string_literal(timestamp) }} as {{ dbt.type_timestamp() }})
{%- endmacro %}
