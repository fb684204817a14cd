{% materialization seed, default %}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set full_refresh_mode = should_full_refresh() -%}
  {%- set exists_as_table = existing_relation is not none and existing_relation.is_table -%}
  {%- if existing_relation is not none and not exists_as_table -%}
    {%- do exceptions.raise_compiler_error(
        "cannot load the seed '" ~ model['name'] ~ "': " ~ existing_relation.render()
        ~ ' is a ' ~ existing_relation.type ~ '; drop it or give the seed another alias') -%}
  {%- endif -%}
  {%- set agate_table = load_agate_table() -%}
  {%- do store_result('agate_table', response='OK', agate_table=agate_table) -%}

  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- do adapter.ensure_transaction() -%}
  {%- if exists_as_table -%}
    {%- set prepared = reset_csv_table(model, full_refresh_mode, existing_relation, agate_table) -%}
  {%- else -%}
    {%- set prepared = create_csv_table(model, agate_table) -%}
  {%- endif -%}
  {%- set rows = agate_table | length -%}
  {%- set loaded = load_csv_rows(model, agate_table) if rows > 0 else '' -%}
  {%- set code = 'CREATE' if full_refresh_mode else 'INSERT' -%}
  {%- call noop_statement('main', code ~ ' ' ~ rows, code, rows) -%}
    {{ get_csv_sql(prepared, loaded) }}
  {%- endcall -%}

  {%- if full_refresh_mode or not exists_as_table -%}
    {%- do create_indexes(target_relation) -%}
  {%- endif -%}
  {%- do finish_relation(target_relation, existing_relation, full_refresh_mode) -%}
  {%- do return({'relations': [target_relation]}) -%}
{% endmaterialization %}

{% macro create_csv_table(model, agate_table) -%}
  {{ adapter.dispatch('create_csv_table', 'dbt')(model, agate_table) }}
{%- endmacro %}

{#- The type of a column is what column_types says, or what its values are. -#}
{% macro default__create_csv_table(model, agate_table) %}
  {%- set types = model['config'].get('column_types') or {} -%}
  {%- set quote = model['config'].get('quote_columns', none) -%}
  {%- set parts = [] -%}
  {%- for name in agate_table.column_names -%}
    {%- do parts.append(
        adapter.quote_seed_column(name | string, quote) ~ ' '
        ~ types.get(name, adapter.convert_type(agate_table, loop.index0))) -%}
  {%- endfor -%}
  {%- set sql -%}
create table {{ this.render() }} ({{ parts | join(', ') }})
  {%- endset -%}
  {%- call statement('_') -%}{{ sql }}{%- endcall -%}
  {%- do return(sql) -%}
{% endmacro %}

{% macro reset_csv_table(model, full_refresh, old_relation, agate_table) -%}
  {{ adapter.dispatch('reset_csv_table', 'dbt')(model, full_refresh, old_relation, agate_table) }}
{%- endmacro %}

{#- Empties the table, which must have the file's columns, or makes it anew. -#}
{% macro default__reset_csv_table(model, full_refresh, old_relation, agate_table) %}
  {%- if full_refresh -%}
    {%- do adapter.drop_relation(old_relation) -%}
    {%- do return(create_csv_table(model, agate_table)) -%}
  {%- endif -%}
  {%- set have = adapter.get_columns_in_relation(old_relation) | map(attribute='name') | list -%}
  {%- set want = agate_table.column_names | list -%}
  {%- if have | map('lower') | sort != want | map('lower') | sort -%}
    {%- do exceptions.raise_compiler_error(
        "the columns of the seed '" ~ model['name'] ~ "' have changed: its table has " ~ (have | join(', '))
        ~ ', the file has ' ~ (want | join(', ')) ~ '. Run it with --full-refresh') -%}
  {%- endif -%}
  {%- do adapter.truncate_relation(old_relation) -%}
  {%- do return('truncate table ' ~ old_relation.render()) -%}
{% endmacro %}

{% macro get_csv_sql(create_or_truncate_sql, insert_sql) %}
  {{- adapter.dispatch('get_csv_sql', 'dbt')(create_or_truncate_sql, insert_sql) -}}
{% endmacro %}

{% macro default__get_csv_sql(create_or_truncate_sql, insert_sql) -%}
{{ create_or_truncate_sql }};
{{ insert_sql ~ ';' if insert_sql }}
{%- endmacro %}

{% macro get_binding_char() -%}
  {{ adapter.dispatch('get_binding_char', 'dbt')() }}
{%- endmacro %}

{% macro default__get_binding_char() %}
  {%- do return('?') -%}
{% endmacro %}

{% macro get_batch_size() -%}
  {%- do return(adapter.dispatch('get_batch_size', 'dbt')()) -%}
{% endmacro %}

{% macro default__get_batch_size() %}
  {%- do return(10000) -%}
{% endmacro %}

{% macro get_seed_column_quoted_csv(model, column_names) %}
  {%- set quoted = [] -%}
  {%- for name in column_names -%}
    {%- do quoted.append(adapter.quote_seed_column(name, model['config'].get('quote_columns', none))) -%}
  {%- endfor -%}
  {%- do return(quoted | join(', ')) -%}
{% endmacro %}

{#- Fills the table from the seed's file in one go, and gives the SQL that did it. -#}
{% macro load_csv_rows(model, agate_table) -%}
  {{ adapter.dispatch('load_csv_rows', 'dbt')(model, agate_table) }}
{%- endmacro %}
