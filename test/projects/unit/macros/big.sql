{% macro is_big(column) %}({{ column }} > 15){% endmacro %}
