{#- What the interval of a difference says, in one word for findings: 'higher', 'lower' or 'not told apart'. -#}
{% macro difference_word(low, high) -%}
    case
        when {{ low }} > 0 then 'higher'
        when {{ high }} < 0 then 'lower'
        else 'not told apart'
    end
{%- endmacro %}
