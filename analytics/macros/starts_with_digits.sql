{#- True when the text starts with that many digits. -#}
{% macro starts_with_digits(column, count) -%}
    (
        length({{ column }}) >= {{ count }}
        and translate(substr({{ column }}, 1, {{ count }}), '0123456789', '') = ''
    )
{%- endmacro %}
