{% macro deep() %}{{ deeper() }}{% endmacro %}
{% macro deeper() %}1{% endmacro %}
