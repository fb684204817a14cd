{#- Runs what the caller block renders, and keeps the answer under `name`. -#}
{%- macro statement(name=None, fetch_result=False, auto_begin=True, language='sql') -%}
  {%- if execute -%}
    {%- set compiled_code = caller() -%}
    {%- if language != 'sql' -%}
      {%- do exceptions.raise_compiler_error("a statement in '" ~ language ~ "' cannot be run; only SQL can") -%}
    {%- endif -%}
    {%- if name == 'main' -%}
      {%- do write(compiled_code) -%}
    {%- endif -%}
    {%- set response, table = adapter.execute(compiled_code, auto_begin=auto_begin, fetch=fetch_result) -%}
    {%- if name is not none -%}
      {%- do store_result(name, response=response, agate_table=table) -%}
    {%- endif -%}
  {%- endif -%}
{%- endmacro %}

{#- Writes and reports the caller's SQL, which has been run by other means. -#}
{% macro noop_statement(name=None, message=None, code=None, rows_affected=None, res=None) -%}
  {%- set compiled_code = caller() -%}
  {%- if name == 'main' -%}
    {%- do write(compiled_code) -%}
  {%- endif -%}
  {%- if name is not none -%}
    {%- do store_raw_result(name, message=message, code=code, rows_affected=rows_affected, agate_table=res) -%}
  {%- endif -%}
{%- endmacro %}

{#- Runs one query and gives its table; none while parsing. -#}
{% macro run_query(sql) %}
  {%- if execute -%}
    {%- call statement('run_query_statement', fetch_result=true, auto_begin=false) %}
      {{- sql -}}
    {% endcall -%}
    {%- do return(load_result('run_query_statement').table) -%}
  {%- endif -%}
{% endmacro %}
