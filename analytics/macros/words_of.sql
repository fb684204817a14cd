{#- A text as lower-case words with one blank between them, and nothing else. Patterns are
    compared with this form, so that whole words match and parts of words never do. -#}
{% macro words_of(column) -%}
    {{ return(adapter.dispatch('words_of')(column)) }}
{%- endmacro %}

{% macro default__words_of(column) -%}
    trim(regexp_replace(lower({{ column }}), '[^a-z0-9]+', ' '))
{%- endmacro %}

{#- DuckDB replaces the first match alone unless told otherwise. -#}
{% macro duckdb__words_of(column) -%}
    trim(regexp_replace(lower({{ column }}), '[^a-z0-9]+', ' ', 'g'))
{%- endmacro %}

{#- True when the words in `needle` stand in `haystack` as whole words, in that order. -#}
{% macro has_words(haystack, needle) -%}
    {{ dbt.position("' ' || " ~ needle ~ " || ' '", "' ' || " ~ haystack ~ " || ' '") }} > 0
{%- endmacro %}
