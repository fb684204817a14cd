{#- Contracts: the columns and constraints that a model promises. -#}

{% macro get_table_columns_and_constraints() -%}
  {{ adapter.dispatch('get_table_columns_and_constraints', 'dbt')() }}
{%- endmacro %}

{% macro default__get_table_columns_and_constraints() -%}
  {%- do return(table_columns_and_constraints()) -%}
{%- endmacro %}

{% macro table_columns_and_constraints() -%}
(
  {{ (adapter.render_raw_columns_constraints(raw_columns=model['columns'])
      + adapter.render_raw_model_constraints(raw_constraints=model['constraints'])) | join(',\n  ') }}
)
{%- endmacro %}

{#- Stops when the query's columns are not the contract's. -#}
{% macro get_assert_columns_equivalent(sql) -%}
  {{ adapter.dispatch('get_assert_columns_equivalent', 'dbt')(sql) }}
{%- endmacro %}

{% macro default__get_assert_columns_equivalent(sql) -%}
  {%- do return(assert_columns_equivalent(sql)) -%}
{%- endmacro %}

{% macro assert_columns_equivalent(sql) %}
  {%- if not model['columns'] -%}
    {%- do exceptions.raise_contract_error([], []) -%}
  {%- endif -%}
  {%- set promised = format_columns(get_column_schema_from_query(get_empty_schema_sql(model['columns']))) -%}
  {%- set actual = format_columns(get_column_schema_from_query(sql, config.get('sql_header'))) -%}
  {%- if promised | map(attribute='formatted') | sort != actual | map(attribute='formatted') | sort -%}
    {%- do exceptions.raise_contract_error(promised, actual) -%}
  {%- endif -%}
{% endmacro %}

{% macro format_columns(columns) %}
  {%- set out = [] -%}
  {%- for column in columns -%}
    {%- do out.append(adapter.dispatch('format_column', 'dbt')(column)) -%}
  {%- endfor -%}
  {%- do return(out) -%}
{% endmacro %}

{% macro default__format_column(column) -%}
  {%- do return({
      'name': column.name,
      'data_type': column.dtype,
      'formatted': (column.name | lower) ~ ' ' ~ column.dtype,
  }) -%}
{%- endmacro %}
