{#- A number as text with that many decimals, for findings in words. -#}
{% macro number_text(value, decimals) -%}
    cast(cast({{ value }} as decimal(18, {{ decimals }})) as {{ dbt.type_string() }})
{%- endmacro %}

{#- A share as text in per cent, with one decimal. -#}
{% macro percent_text(value) -%}
    {{ number_text('100 * (' ~ value ~ ')', 1) }} || ' %'
{%- endmacro %}
