{% macro newest(column) %}(select max({{ column }}) from {{ this }}){% endmacro %}
