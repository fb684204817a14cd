{#- A number that stands for a text where rows are looked for by a text among very many: reading and comparing 48 bits costs a
    fraction of reading the texts. Different texts may have the same number, so it says where to look and not what is found.

    The engine's own hash may be another in a later release: lookup_keys_stand asks a stored row. -#}
{% macro lookup_key(text) -%}
    {{ return(adapter.dispatch('lookup_key')(text)) }}
{%- endmacro %}

{% macro default__lookup_key(text) -%}
    {{ text }}
{%- endmacro %}

{% macro duckdb__lookup_key(text) -%}
    case when {{ text }} is not null then cast(hash({{ text }}) & 281474976710655 as bigint) end
{%- endmacro %}
