{#- The bits that two whole numbers have in common, as a number. -#}
{% macro bits_in_common(one, other) -%}
    {{ return(adapter.dispatch('bits_in_common')(one, other)) }}
{%- endmacro %}

{% macro default__bits_in_common(one, other) -%}
    bitwise_and({{ one }}, {{ other }})
{%- endmacro %}

{% macro duckdb__bits_in_common(one, other) -%}
    ({{ one }} & {{ other }})
{%- endmacro %}
