{#- A whole number made of the given columns, for tables too large to carry text keys. 60 bits of MD5: among a million
    keys the chance that any two agree is below one in a million. -#}
{% macro surrogate_id(columns) -%}
    {{ return(adapter.dispatch('surrogate_id')(columns)) }}
{%- endmacro %}

{% macro default__surrogate_id(columns) -%}
    from_base(substr({{ surrogate_key(columns) }}, 1, 15), 16)
{%- endmacro %}

{% macro duckdb__surrogate_id(columns) -%}
    cast('0x' || substr({{ surrogate_key(columns) }}, 1, 15) as bigint)
{%- endmacro %}
