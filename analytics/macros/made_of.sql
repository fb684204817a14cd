{#- Tables that are made piece by piece: each row has in _inputs the text that says what its piece was made of, and
    another table has these texts as they are now. A piece with another text is made anew, the others stay. -#}

{#- Pre-hook: takes out the rows of pieces that are made of something else by now. -#}
{% macro delete_when_made_of_other(inputs, column) -%}
    {%- if execute and is_incremental() -%}
        delete from {{ this }}
        where _inputs not in (select {{ column }} from {{ inputs }})
    {%- endif -%}
{%- endmacro %}

{#- Condition on the rows of the other table: the piece is not there, or not any more. -#}
{% macro is_to_be_made(column) -%}
    {%- if is_incremental() -%}
        {{ column }} not in (select _inputs from {{ this }})
    {%- else -%}
        1 = 1
    {%- endif -%}
{%- endmacro %}

{#- Values as one text, with a bar between them. -#}
{% macro joined_text(expressions) -%}
    {%- set parts = [] -%}
    {%- for expression in expressions -%}
        {%- do parts.append('cast(' ~ expression ~ ' as ' ~ dbt.type_string() ~ ')') -%}
    {%- endfor -%}
    {{ parts | join(" || '|' || ") }}
{%- endmacro %}
