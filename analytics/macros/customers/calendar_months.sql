{#- The first day of every month from that of first_day to that of last_day, both included, as
    the column month_start. Both are columns of the relation (or CTE) that has exactly one row. -#}
{% macro calendar_months(relation, first_day, last_day) -%}
    {{ return(adapter.dispatch('calendar_months')(relation, first_day, last_day)) }}
{%- endmacro %}

{% macro default__calendar_months(relation, first_day, last_day) -%}
    select cast(months.month_start as date) as month_start
    from {{ relation }}
    cross join unnest(
        sequence(
            cast({{ dbt.date_trunc('month', first_day) }} as date),
            cast({{ dbt.date_trunc('month', last_day) }} as date),
            interval '1' month
        )
    ) as months (month_start)
{%- endmacro %}

{% macro duckdb__calendar_months(relation, first_day, last_day) -%}
    select
        cast(
            unnest(generate_series(
                {{ dbt.date_trunc('month', first_day) }}, {{ dbt.date_trunc('month', last_day) }}, interval 1 month
            ))
            as date
        ) as month_start
    from {{ relation }}
{%- endmacro %}

{#- Whole months from the month of one day to that of another. -#}
{% macro months_between(first_day, second_day) -%}
    {{ dbt.datediff(first_day, second_day, 'month') }}
{%- endmacro %}
