{% macro make(name, rows=2) %}
  {% do run_query('create or replace table main.' ~ name ~ ' as select * from range(' ~ rows ~ ')') %}
  {{ log('made ' ~ name, info=true) }}
{% endmacro %}
{% macro fails() %}{{ exceptions.raise_compiler_error('it fails') }}{% endmacro %}
