{% macro deep() %}{{ deeper() }}{% endmacro %}
{% macro deeper() %}2{% endmacro %}
