{#- The customer model sees time in periods of 30 days, counted back from the snapshot date:
    period 0 is the 30 days before it. Windows and cut-offs are whole numbers of periods, so
    one pass over the days serves them all. -#}
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

{#- Periods between a cut-off and the snapshot date, newest cut-off first. The newest one lies
    a whole horizon back, so that every label window is complete. -#}
{% macro churn_cutoff_offsets() -%}
    {%- set horizon = periods_in(var('churn_horizon_days'), 'churn_horizon_days') -%}
    {%- set offsets = [] -%}
    {%- for number in range(var('churn_cutoff_count')) -%}
        {%- do offsets.append(horizon + number) -%}
    {%- endfor -%}
    {{ return(offsets) }}
{%- endmacro %}

{#- Index of the period that holds all days before the others: a year before the oldest cut-off. -#}
{% macro older_period() -%}
    {%- set oldest = churn_cutoff_offsets() | max -%}
    {{ return([13, oldest + 13] | max) }}
{%- endmacro %}

{#- Index of the period of a day that lies before the snapshot date. -#}
{% macro period_of(day, snapshot_date) -%}
    cast(floor(({{ dbt.datediff(day, snapshot_date, 'day') }} - 1) / {{ period_days() }}.0) as integer)
{%- endmacro %}
