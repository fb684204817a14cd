{#- Day of the week of a date, 1 for Monday to 7 for Sunday. -#}
{% macro iso_weekday(column) -%}
    {{ return(adapter.dispatch('iso_weekday')(column)) }}
{%- endmacro %}

{% macro default__iso_weekday(column) -%}
    cast(extract(day_of_week from {{ column }}) as integer)
{%- endmacro %}

{% macro duckdb__iso_weekday(column) -%}
    cast(extract(isodow from {{ column }}) as integer)
{%- endmacro %}
