{#- What an incremental date-grain mart has to write: the days whose row is new or differs
    from the stored one, and the days of a back-fill. A late line changes the trailing
    windows of the days after it; comparing results finds those days without knowing
    the windows, and in whichever order the loads came.

    relation: CTE with the full result; day: its date column; columns: its columns in order. -#}
{% macro changed_partitions(relation, day, columns) -%}
select
    {{ columns | join(',\n    ') }}
from {{ relation }}
    {%- if is_incremental() and stored_columns(this) == columns %}
where
    {{ day }} in (
        select changed.{{ day }}
        from (
            select {{ columns | join(', ') }} from {{ relation }}
            except
            select {{ columns | join(', ') }} from {{ this }}
        ) as changed
    )
        {%- if var('backfill_start') is not none and var('backfill_end') is not none %}
    or {{ day }} between {{ sql_date(var('backfill_start')) }} and {{ sql_date(var('backfill_end')) }}
        {%- endif %}
    {%- endif %}
{%- endmacro %}

{#- Column names of a stored table. Where they differ from the model's, the table is older
    than the model and every day is written. -#}
{% macro stored_columns(relation) -%}
    {%- set names = [] -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- do names.append(column.name) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}
