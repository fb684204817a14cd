{#- The customer model sees time in periods of 30 days. Trailing windows are counted back from the
    snapshot date: period 0 is the 30 days before it. Churn is looked at in cells of 30 days that
    stay where they are. Windows are whole numbers of either, so that one pass over the days
    serves them all. -#}
{% macro period_days() -%}
    {{ return(30) }}
{%- endmacro %}

{#- A number of days as a number of periods. Stops the run where it is none. -#}
{% macro periods_in(days, name) -%}
    {%- if days % period_days() != 0 or days <= 0 -%}
        {%- do exceptions.raise_compiler_error(
            "the var " ~ name ~ " is " ~ days ~ " days; give a multiple of " ~ period_days()
        ) -%}
    {%- endif -%}
    {{ return(days // period_days()) }}
{%- endmacro %}

{#- Index of the period that holds all days before the others: windows reach a year back. -#}
{% macro older_period() -%}
    {{ return(13) }}
{%- endmacro %}

{#- Index of the period of a day that lies before the snapshot date. -#}
{% macro period_of(day, snapshot_date) -%}
    cast(floor(({{ dbt.datediff(day, snapshot_date, 'day') }} - 1) / {{ period_days() }}.0) as integer)
{%- endmacro %}

{#- Index of the cell of a day: cell 0 begins on 2000-01-01. -#}
{% macro cell_of(day) -%}
    cast(floor({{ dbt.datediff("cast('2000-01-01' as date)", day, 'day') }} / {{ period_days() }}.0) as integer)
{%- endmacro %}

{#- First day of a cell. -#}
{% macro cell_start(cell_index) -%}
    cast({{ dbt.dateadd('day', period_days() ~ ' * ' ~ cell_index, "cast('2000-01-01' as date)") }} as date)
{%- endmacro %}
