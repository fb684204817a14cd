{% macro duckdb__get_binding_char() %}
  {%- do return(adapter.get_binding_char()) -%}
{% endmacro %}

{#- DuckDB reads the file by itself and casts each text to its column's type. -#}
{% macro duckdb__load_csv_rows(model, agate_table) %}
  {%- set sql = adapter.seed_load_sql(this, model, agate_table) -%}
  {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
  {%- do return(sql) -%}
{% endmacro %}
