{#- SQL that makes relations. -#}

{% macro get_create_sql(relation, sql) -%}
  {{- adapter.dispatch('get_create_sql', 'dbt')(relation, sql) -}}
{%- endmacro %}

{% macro default__get_create_sql(relation, sql) -%}
  {%- if relation.is_view -%}
    {{ get_create_view_as_sql(relation, sql) }}
  {%- elif relation.is_table -%}
    {{ get_create_table_as_sql(False, relation, sql) }}
  {%- else -%}
    {%- do exceptions.raise_compiler_error("a relation of type '" ~ relation.type ~ "' cannot be created; use table or view") -%}
  {%- endif -%}
{%- endmacro %}

{% macro get_create_table_as_sql(temporary, relation, sql) -%}
  {{ adapter.dispatch('get_create_table_as_sql', 'dbt')(temporary, relation, sql) }}
{%- endmacro %}

{% macro default__get_create_table_as_sql(temporary, relation, sql) -%}
  {%- do return(create_table_as(temporary, relation, sql)) -%}
{% endmacro %}

{% macro create_table_as(temporary, relation, compiled_code, language='sql') -%}
  {{ adapter.dispatch('create_table_as', 'dbt')(temporary, relation, compiled_code) }}
{%- endmacro %}

{#- Under a contract the table is declared first, so that its constraints hold. Temporary tables take none. -#}
{% macro default__create_table_as(temporary, relation, compiled_code) -%}
  {%- set enforced = config.get('contract').enforced -%}
  {%- if enforced -%}
    {%- do get_assert_columns_equivalent(compiled_code) -%}
  {%- endif -%}
  {%- set name = relation.include(database=not temporary, schema=not temporary) -%}
{{ config.get('sql_header') or '' }}
create {{ 'temporary ' if temporary }}table {{ name }}
  {%- if enforced and not temporary %}
{{ get_table_columns_and_constraints() }};
insert into {{ name }} ({{ adapter.dispatch('get_column_names', 'dbt')() | trim }})
{{ get_select_subquery(compiled_code) }}
  {%- else %} as (
{{ compiled_code }}
)
  {%- endif %}
{%- endmacro %}

{#- The contract's columns, in its order. -#}
{% macro default__get_column_names() -%}
  {%- for column in model['columns'].values() -%}
    {{ adapter.quote(column['name']) if column.get('quote') else column['name'] }}{{ ', ' if not loop.last }}
  {%- endfor -%}
{% endmacro %}

{% macro get_select_subquery(sql) %}
  {%- do return(adapter.dispatch('get_select_subquery', 'dbt')(sql)) -%}
{% endmacro %}

{% macro default__get_select_subquery(sql) -%}
select {{ adapter.dispatch('get_column_names', 'dbt')() | trim }}
from (
{{ sql }}
) as model_subq
{%- endmacro %}

{% macro get_create_view_as_sql(relation, sql) -%}
  {{ adapter.dispatch('get_create_view_as_sql', 'dbt')(relation, sql) }}
{%- endmacro %}

{% macro default__get_create_view_as_sql(relation, sql) -%}
  {%- do return(create_view_as(relation, sql)) -%}
{% endmacro %}

{% macro create_view_as(relation, sql) -%}
  {{ adapter.dispatch('create_view_as', 'dbt')(relation, sql) }}
{%- endmacro %}

{% macro default__create_view_as(relation, sql) -%}
  {%- if config.get('contract').enforced -%}
    {%- do get_assert_columns_equivalent(sql) -%}
  {%- endif -%}
{{ config.get('sql_header') or '' }}
create or replace view {{ relation.render() }} as (
{{ sql }}
)
{%- endmacro %}
