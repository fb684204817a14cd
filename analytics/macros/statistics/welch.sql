{#- Difference of the means of two groups whose variances may differ, treated less control, from
    exact sums. Three steps, each in a CTE of its own:

    1. welch_sums: sums and squares of a decimal measure, by the boolean column is_treated.
       Beside them the CTE counts treated_count and control_count.
    2. welch_groups: mean and deviation of each group.
    3. welch_difference: the difference, its standard error and its degrees of freedom, after
       Welch (Biometrika 34, 1947) and Satterthwaite (Biometrics Bulletin 2, 1946).

    welch_low and welch_high of the last step's columns are the bounds of the 95 % interval:
    difference -/+ t_95(degrees) x standard error. Below two in a group there are none. -#}
{% macro welch_sums(measure, name) -%}
    sum(case when is_treated then {{ measure }} else 0 end) as treated_{{ name }}_sum,
    sum(case when is_treated then {{ exact_product(measure, measure, 6) }} else 0 end) as treated_{{ name }}_squares,
    sum(case when is_treated then 0 else {{ measure }} end) as control_{{ name }}_sum,
    sum(case when is_treated then 0 else {{ exact_product(measure, measure, 6) }} end) as control_{{ name }}_squares
{%- endmacro %}

{% macro welch_groups(name) -%}
    {%- for side in ['treated', 'control'] -%}
    {{ share_of(side ~ '_' ~ name ~ '_sum', side ~ '_count') }} as {{ side }}_{{ name }},
    {{ exact_sd(side ~ '_count', side ~ '_' ~ name ~ '_sum', side ~ '_' ~ name ~ '_squares') }} as {{ side }}_{{ name }}_sd
    {{- ',\n    ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{% macro welch_difference(name) -%}
    {%- set treated_sd = 'treated_' ~ name ~ '_sd' -%}
    {%- set control_sd = 'control_' ~ name ~ '_sd' -%}
    treated_{{ name }} - control_{{ name }} as {{ name }}_difference,
    sqrt(
        {{ squared_error(treated_sd, 'treated_count') }} + {{ squared_error(control_sd, 'control_count') }}
    ) as {{ name }}_standard_error,
    {{ welch_degrees(treated_sd, 'treated_count', control_sd, 'control_count') }} as {{ name }}_degrees
{%- endmacro %}

{% macro welch_low(name) -%}
    {{ name }}_difference - {{ t_95(name ~ '_degrees') }} * {{ name }}_standard_error
{%- endmacro %}

{% macro welch_high(name) -%}
    {{ name }}_difference + {{ t_95(name ~ '_degrees') }} * {{ name }}_standard_error
{%- endmacro %}
