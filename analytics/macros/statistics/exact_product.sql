{#- Product of two decimals of 18 digits, in full. The engine would take two such numbers for one
    of 18 digits and overflow, as a revenue of 160 billion times a margin with six decimals does: ten million dollars in some
    currencies. scale: decimals of the first; other_scale: those of the second, when they are others. -#}
{% macro exact_product(one, other, scale=2, other_scale=none) -%}
    cast({{ one }} as decimal(19, {{ scale }})) * cast({{ other }} as decimal(19, {{ scale if other_scale is none else other_scale }}))
{%- endmacro %}
