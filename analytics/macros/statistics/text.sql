{#- A share as a text with one decimal: 0.0512 is '5.1 %'. -#}
{% macro percent_text(share) -%}
    cast(cast(100 * ({{ share }}) as decimal(9, 1)) as {{ dbt.type_string() }}) || ' %'
{%- endmacro %}

{#- What the interval of a difference says, in one word for findings: 'higher', 'lower' or 'not told apart'. -#}
{% macro difference_word(low, high) -%}
    case
        when {{ low }} > 0 then 'higher'
        when {{ high }} < 0 then 'lower'
        else 'not told apart'
    end
{%- endmacro %}
