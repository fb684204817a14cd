{#- Every day from first_day to last_day, both included, as the column calendar_day. Both
    are columns of the relation (or CTE) that has exactly one row. -#}
{% macro calendar_days(relation, first_day, last_day) -%}
    {{ return(adapter.dispatch('calendar_days')(relation, first_day, last_day)) }}
{%- endmacro %}

{% macro default__calendar_days(relation, first_day, last_day) -%}
    select cast(days.calendar_day as date) as calendar_day
    from {{ relation }}
    cross join unnest(sequence({{ first_day }}, {{ last_day }}, interval '1' day)) as days (calendar_day)
{%- endmacro %}

{% macro duckdb__calendar_days(relation, first_day, last_day) -%}
    select cast(unnest(generate_series({{ first_day }}, {{ last_day }}, interval 1 day)) as date) as calendar_day
    from {{ relation }}
{%- endmacro %}
