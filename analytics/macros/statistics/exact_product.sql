{#- Product of two decimals of 18 digits, in full. The engine would take two such numbers for one
    of 18 digits and overflow. -#}
{% macro exact_product(one, other, scale=2) -%}
    cast({{ one }} as decimal(19, {{ scale }})) * cast({{ other }} as decimal(19, {{ scale }}))
{%- endmacro %}
