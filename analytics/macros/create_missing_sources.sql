{#- On-run-start hook: makes the tables of models/sources that the warehouse has not yet, empty, and adds columns that a
    table lacks, so that a project builds with whatever data there is. Says which canonical sources have no rows. -#}
{% macro create_missing_sources() -%}
    {%- if execute -%}
        {%- set tables = bronze_sources() -%}
        {%- set known = {} -%}
        {%- for row in run_query(
            "select lower(table_name), lower(column_name) from information_schema.columns"
            ~ " where lower(table_catalog) = lower('" ~ target.database ~ "') and lower(table_schema) = 'bronze'"
        ) -%}
            {%- do known.setdefault(row[0], []).append(row[1]) -%}
        {%- endfor -%}
        {%- set statements = ['create schema if not exists bronze'] -%}
        {%- for table in tables -%}
            {%- set relation = 'bronze.' ~ table.identifier -%}
            {%- if table.identifier not in known -%}
                {%- set columns = [] -%}
                {%- for column in table.columns.values() -%}
                    {%- do columns.append(column.name ~ ' ' ~ column.data_type) -%}
                {%- endfor -%}
                {%- do statements.append('create table if not exists ' ~ relation ~ ' (' ~ columns | join(', ') ~ ')') -%}
            {%- else -%}
                {%- for column in table.columns.values() if column.name not in known[table.identifier] -%}
                    {%- do statements.append(
                        'alter table ' ~ relation ~ ' add column ' ~ column.name ~ ' ' ~ column.data_type
                    ) -%}
                {%- endfor -%}
            {%- endif -%}
        {%- endfor -%}
        {{ statements | join(';\n') }}
    {%- endif -%}
{%- endmacro %}

{#- On-run-start hook after create_missing_sources: one line that names the sources without rows. Nothing is returned,
    so nothing is run. -#}
{% macro note_empty_sources() -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set counts = [] -%}
        {%- for table in bronze_sources() if not table.meta.get('kept_by_kith') -%}
            {%- do counts.append(
                "select '" ~ table.identifier ~ "' as source_name where not exists (select 1 from bronze." ~ table.identifier ~ ")"
            ) -%}
        {%- endfor -%}
        {%- set empty = [] -%}
        {%- for row in run_query(counts | join(' union all ') ~ ' order by source_name') -%}
            {%- do empty.append(row[0]) -%}
        {%- endfor -%}
        {%- if empty -%}
            {%- do log('Sources without rows, whose models stay empty: ' ~ empty | join(', ')
                ~ '. Fill one with: kith load NAME FILE', info=True) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{#- The tables of the source bronze, by name. -#}
{% macro bronze_sources() -%}
    {%- set tables = [] -%}
    {%- for node in graph.sources.values() | sort(attribute='name') if node.source_name == 'bronze' -%}
        {%- do tables.append(node) -%}
    {%- endfor -%}
    {{ return(tables) }}
{%- endmacro %}
