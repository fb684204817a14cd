{#- Tables of very many rows say in meta how their texts are stored: {column: method}, and dictionary for the others. Left to
    itself the engine tries every method on every part of every column, which costs more than the rest of the writing. -#}
{% macro duckdb__get_create_table_as_sql(temporary, relation, sql) -%}
    {%- set methods = config.get('meta', {}).get('text_compression') -%}
    {%- if temporary or methods is none -%}
        {{ default__get_create_table_as_sql(temporary, relation, sql) }}
    {%- else -%}
        {%- set columns = [] -%}
        {%- for column in get_column_schema_from_query(sql) -%}
            {%- set stored_as = column.data_type -%}
            {%- if column.is_string() -%}
                {%- set stored_as = dbt.type_string() ~ ' using compression ' ~ methods.get(column.name, 'dictionary') -%}
            {%- endif -%}
            {%- do columns.append(adapter.quote(column.name) ~ ' ' ~ stored_as) -%}
        {%- endfor -%}
        create table {{ relation }} ({{ columns | join(', ') }});
        insert into {{ relation }} {{ sql }}
    {%- endif -%}
{%- endmacro %}
