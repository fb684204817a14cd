{#- A day given by a var, as a date literal. -#}
{% macro sql_date(value) -%}
    cast('{{ value }}' as date)
{%- endmacro %}
