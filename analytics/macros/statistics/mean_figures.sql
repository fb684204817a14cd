{#- A mean and the bounds of its 95 % interval as three columns, from exact sums of decimals:
    see mean_low. The bounds are NULL below two values. -#}
{% macro mean_figures(total, total_of_squares, n, name) -%}
    {%- set mean = share_of(total, n) -%}
    {%- set deviation = exact_sd(n, total, total_of_squares) -%}
    {{ mean }} as {{ name }},
    {{ mean_low(mean, deviation, n) }} as {{ name }}_low,
    {{ mean_high(mean, deviation, n) }} as {{ name }}_high
{%- endmacro %}

{#- A share and the bounds of its 95 % interval as three columns: see wilson_low. -#}
{% macro share_figures(successes, n, name) -%}
    {{ share_of(successes, n) }} as {{ name }},
    {{ wilson_low(successes, n) }} as {{ name }}_low,
    {{ wilson_high(successes, n) }} as {{ name }}_high
{%- endmacro %}
