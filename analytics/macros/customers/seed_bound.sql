{#- A bound of a seed with the columns bound_name and bound_value, as a scalar. -#}
{% macro seed_bound(seed, name) -%}
    (
        select bound_value
        from {{ ref(seed) }}
        where bound_name = '{{ name }}'
    )
{%- endmacro %}
