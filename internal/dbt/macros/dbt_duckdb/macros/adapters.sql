{% macro duckdb__current_timestamp() -%}
  now()
{%- endmacro %}

{% macro duckdb__snapshot_get_time() -%}
  {{ current_timestamp() }}::timestamp
{%- endmacro %}

{% macro duckdb__snapshot_string_as_time(timestamp) -%}
  {%- do return("'" ~ timestamp ~ "'::timestamp") -%}
{%- endmacro %}

{#- Attached databases of other kinds have schemas of their own, or none. -#}
{% macro duckdb__create_schema(relation) -%}
  {%- if relation.database and relation.database != target.database -%}
    {%- set other = run_query(
        "select type from duckdb_databases() where type <> 'duckdb' and lower(database_name) = lower('"
        ~ adapter.escape_sql_string(relation.database) ~ "')") -%}
    {%- if other and other[0][0] == 'sqlite' and relation.schema != 'main' -%}
      {%- do exceptions.raise_compiler_error(
          'the attached SQLite database ' ~ relation.database ~ " has the schema 'main' only, not '" ~ relation.schema ~ "'") -%}
    {%- elif other and other[0][0] in ['sqlite', 'mysql'] -%}
      {%- do return('') -%}
    {%- endif -%}
  {%- endif -%}
  {%- call statement('create_schema') -%}
    create schema if not exists {{ relation.without_identifier() }}
  {%- endcall -%}
{% endmacro %}

{% macro duckdb__list_schemas(database) -%}
  {%- do return(run_query(
      'select schema_name from duckdb_schemas()'
      ~ (" where lower(database_name) = lower('" ~ adapter.escape_sql_string(database) ~ "')" if database else ''))) -%}
{% endmacro %}

{% macro duckdb__check_schema_exists(information_schema, schema) -%}
  {%- do return(run_query(
      "select count(*) from duckdb_schemas() where lower(schema_name) = lower('" ~ adapter.escape_sql_string(schema)
      ~ "') and lower(database_name) = lower('" ~ adapter.escape_sql_string(information_schema.database) ~ "')")) -%}
{% endmacro %}

{% macro duckdb__list_relations_without_caching(schema_relation) %}
  {%- set where = "where lower(database_name) = lower('" ~ adapter.escape_sql_string(schema_relation.database)
      ~ "') and lower(schema_name) = lower('" ~ adapter.escape_sql_string(schema_relation.schema) ~ "')" -%}
  {%- do return(run_query(
      "select database_name as database, table_name as name, schema_name as schema, 'table' as type from duckdb_tables() " ~ where
      ~ " union all select database_name, view_name, schema_name, 'view' from duckdb_views() " ~ where)) -%}
{% endmacro %}

{#- DESCRIBE binds this one relation; the catalog's functions would look at all of them. -#}
{% macro duckdb__get_columns_in_relation(relation) -%}
  {%- call statement('get_columns_in_relation', fetch_result=True, auto_begin=False) -%}
    select column_name, column_type from (describe select * from {{ relation.render() }})
  {%- endcall -%}
  {%- do return(sql_convert_columns_in_relation(load_result('get_columns_in_relation').table)) -%}
{% endmacro %}

{#- A header cannot stand inside the query that is described: it runs before. -#}
{% macro duckdb__get_empty_subquery_sql(select_sql, select_sql_header=none) %}
  {%- if select_sql_header is not none -%}
    {%- do run_query(select_sql_header) -%}
  {%- endif -%}
  {{- default__get_empty_subquery_sql(select_sql, none) -}}
{% endmacro %}

{#- Temporary tables belong to the connection, outside any schema. -#}
{% macro duckdb__make_temp_relation(base_relation, suffix) %}
  {%- do return(base_relation.incorporate(
      path={'identifier': base_relation.identifier ~ suffix ~ py_current_timestring(), 'schema': none, 'database': none},
      type='table')) -%}
{% endmacro %}

{% macro duckdb__drop_relation(relation) -%}
  {%- call statement('drop_relation', auto_begin=False) -%}
    {{ get_drop_sql(relation) }}
  {%- endcall -%}
{% endmacro %}

{% macro duckdb__rename_relation(from_relation, to_relation) -%}
  {%- call statement('rename_relation') -%}
    alter {{ to_relation.type or from_relation.type or 'table' }} {{ from_relation.render() }} rename to {{ adapter.quote_as_configured(to_relation.identifier, 'identifier') }}
  {%- endcall -%}
{% endmacro %}

{% macro duckdb__post_snapshot(staging_relation) %}
  {%- do drop_relation(staging_relation) -%}
{% endmacro %}

{#- DuckDB has one user, and so no rights to give. -#}
{% macro duckdb__apply_grants(relation, grant_config, should_revoke=True) %}
  {%- if grant_config -%}
    {%- do adapter.warn_once('DuckDB has no grants: the grants config is not applied') -%}
  {%- endif -%}
{% endmacro %}

{#- The contract's columns in brackets. -#}
{% macro get_column_names() -%}
  ({{ default__get_column_names() | trim }})
{%- endmacro %}

{#- One text or a list of them, as a list. -#}
{% macro normalize_string_or_list(raw, field_name) -%}
  {%- set items = [] if raw is none else [raw] if raw is string else raw -%}
  {%- if items is mapping or items is not sequence or items | reject('string') | list -%}
    {%- do exceptions.raise_compiler_error(field_name ~ ' must be a text or a list of texts') -%}
  {%- endif -%}
  {%- do return(items | list) -%}
{%- endmacro %}

{% macro normalize_incremental_predicates(incremental_predicates) -%}
  {%- do return(predicate_list(incremental_predicates)) -%}
{%- endmacro %}
