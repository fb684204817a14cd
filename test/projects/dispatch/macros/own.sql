{% macro default__shout(text) %}{{ return("upper('" ~ text ~ "') || '!'") }}{% endmacro %}
{% macro helper() %}root{% endmacro %}
{% macro duckdb__concat(fields) -%}
concat_ws('~', {{ fields | join(', ') }})
{%- endmacro %}
