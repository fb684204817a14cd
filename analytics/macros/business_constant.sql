{#- A figure of the business_constants seed, as a scalar. -#}
{% macro business_constant(name) -%}
    (
        select constant_value
        from {{ ref('business_constants') }}
        where constant_name = '{{ name }}'
    )
{%- endmacro %}
