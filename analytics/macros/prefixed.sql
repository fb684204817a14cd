{#- Column names with the name of their relation before them. -#}
{% macro prefixed(columns, relation) -%}
    {%- set names = [] -%}
    {%- for column in columns -%}
        {%- do names.append(relation ~ '.' ~ column) -%}
    {%- endfor -%}
    {{ return(names | join(', ')) }}
{%- endmacro %}
