{#- A day, as a text, from which on a relation holds at least so many rows up to the snapshot date, so that what asks
    for the newest rows need not count all days; empty when there are not so many, or far apart. Tries a month, then
    longer times. -#}
{% macro newest_days_with(row_count, relation, day, condition) -%}
    {%- set found = namespace(day='') -%}
    {%- for days in [32, 128, 512] -%}
        {%- if not found.day -%}
            {%- set first_day = scalar(
                "select " ~ written_day("cast(" ~ dbt.dateadd('day', -days, 'snapshot_date') ~ " as date)")
                ~ " from " ~ ref('int_snapshot'),
                '', [ref('int_snapshot')]
            ) -%}
            {%- set rows = scalar(
                "select count(*) from " ~ relation ~ " where " ~ day ~ " >= " ~ sql_date(first_day) ~ " and " ~ condition,
                0, [relation]
            ) if first_day else 0 -%}
            {%- if rows | int >= row_count -%}
                {%- set found.day = first_day -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found.day) }}
{%- endmacro %}
