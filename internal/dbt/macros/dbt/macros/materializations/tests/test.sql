{% materialization test, default %}
  {%- set limited = get_limit_subquery_sql(sql, config.get('limit')) -%}
  {%- set header = config.get('sql_header') if flags.REQUIRE_SQL_HEADER_IN_TEST_CONFIGS else none -%}
  {%- set relations = [] -%}
  {%- set failing_rows = limited -%}

  {%- if should_store_failures() -%}
    {%- set kind = config.get('store_failures_as') or 'table' -%}
    {%- if kind not in ['table', 'view'] -%}
      {%- do exceptions.raise_compiler_error("store_failures_as must be table, view or ephemeral, not '" ~ kind ~ "'") -%}
    {%- endif -%}
    {%- set target_relation = api.Relation.create(
        database=database, schema=schema, identifier=model['alias'], type=kind) -%}
    {%- do adapter.ensure_transaction() -%}
    {%- do drop_relation_if_exists(load_cached_relation(target_relation)) -%}
    {%- call statement(auto_begin=True) -%}
{{ header if header }}
{{ get_create_sql(target_relation, limited) }}
    {%- endcall -%}
    {%- do adapter.commit() -%}
    {%- do relations.append(target_relation) -%}
    {%- set failing_rows = 'select * from ' ~ target_relation -%}
  {%- endif -%}

  {%- call statement('main', fetch_result=True, auto_begin=False) -%}
{{ header if header }}
{{ get_test_sql(failing_rows, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), limit=none) }}
  {%- endcall -%}
  {%- do return({'relations': relations}) -%}
{% endmaterialization %}

{#- One row: failures, should_warn, should_error. -#}
{% macro get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}
  {{ adapter.dispatch('get_test_sql', 'dbt')(main_sql, fail_calc, warn_if, error_if, limit) }}
{%- endmacro %}

{% macro default__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}
select
  {{ fail_calc }} as failures,
  {{ fail_calc }} {{ warn_if }} as should_warn,
  {{ fail_calc }} {{ error_if }} as should_error
from (
{{ main_sql }}
{{ 'limit ' ~ limit if limit is not none }}
) as dbt_internal_test
{%- endmacro %}

{#- What a test reads: the model, or the part of it that its `where` config leaves. -#}
{% macro get_where_subquery(relation) -%}
  {%- do return(adapter.dispatch('get_where_subquery', 'dbt')(relation)) -%}
{%- endmacro %}

{% macro default__get_where_subquery(relation) -%}
  {%- set where = config.get('where', '') -%}
  {%- if not where -%}
    {%- do return(relation) -%}
  {%- endif -%}
  {%- do return('(select * from ' ~ relation ~ ' where ' ~ where ~ ') dbt_subquery') -%}
{%- endmacro %}
