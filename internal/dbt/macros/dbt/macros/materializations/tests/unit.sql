{#- Runs the tested model on given rows (already in `sql`) beside the rows expected of it. -#}
{% materialization unit, default %}
  {%- set rows = config.get('expected_rows') -%}
  {%- set expected_sql = config.get('expected_sql') -%}

  {%- set types = {} -%}
  {%- set quoted = {} -%}
  {%- for column in adapter.get_columns_in_select_sql(get_empty_subquery_sql(sql)) -%}
    {%- do types.update({column.name | lower: column.data_type}) -%}
    {%- do quoted.update({column.name | lower: column.quoted}) -%}
  {%- endfor -%}

  {%- set tested = [] -%}
  {%- for name in (rows[0].keys() if rows else types.keys()) -%}
    {%- do tested.append(quoted.get(name | lower, adapter.quote(name))) -%}
  {%- endfor -%}
  {%- if not expected_sql -%}
    {%- set expected_sql = get_expected_sql(rows, types, quoted) -%}
  {%- endif -%}

  {%- call statement('main', fetch_result=True, auto_begin=False) -%}
{{ config.get('sql_header') if config.get('sql_header') and flags.REQUIRE_SQL_HEADER_IN_TEST_CONFIGS }}
{{ get_unit_test_sql(sql, expected_sql, tested) }}
  {%- endcall -%}
  {%- do return({'relations': []}) -%}
{% endmaterialization %}

{% macro get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
  {{ adapter.dispatch('get_unit_test_sql', 'dbt')(main_sql, expected_fixture_sql, expected_column_names) }}
{%- endmacro %}

{% macro default__get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
  {%- set columns = expected_column_names | join(', ') -%}
  {%- set side = adapter.quote('actual_or_expected') -%}
with dbt_internal_unit_test_actual as (
  select {{ columns }}, {{ dbt.string_literal('actual') }} as {{ side }}
  from (
{{ main_sql }}
  ) as dbt_internal_actual
),
dbt_internal_unit_test_expected as (
  select {{ columns }}, {{ dbt.string_literal('expected') }} as {{ side }}
  from (
{{ expected_fixture_sql }}
  ) as dbt_internal_expected
)
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected
{%- endmacro %}
