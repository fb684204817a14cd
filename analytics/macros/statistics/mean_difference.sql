{#- Difference of the means of two groups, treated less control, from exact sums. Three steps, each in a CTE of its own:

    1. group_sums: sums and squares of a decimal measure, by the boolean column is_treated.
       Beside them the CTE counts treated_count and control_count.
    2. group_figures: mean and deviation of each group.
    3. The difference, its standard error and its degrees of freedom, either by
       welch_difference: variances may differ (Welch, Biometrika 34, 1947; Satterthwaite, Biometrics Bulletin 2, 1946), or by
       drawn_difference: chance drew the groups from one list of customers, so that both tell of one variance (Student's t for
       two samples, Biometrika 6, 1908). Money is skewed: a small group that happens to lack those who spend most has too low a
       mean and, by its own spread, too narrow an interval. See docs/decisions/0016.

    difference_low and difference_high of the last step's columns are the bounds of the 95 % interval:
    difference -/+ t_95(degrees) x standard error. Below two in a group there are none. -#}
{% macro group_sums(measure, name) -%}
    sum(case when is_treated then {{ measure }} else 0 end) as treated_{{ name }}_sum,
    sum(case when is_treated then {{ exact_product(measure, measure, 6) }} else 0 end) as treated_{{ name }}_squares,
    sum(case when is_treated then 0 else {{ measure }} end) as control_{{ name }}_sum,
    sum(case when is_treated then 0 else {{ exact_product(measure, measure, 6) }} end) as control_{{ name }}_squares
{%- endmacro %}

{% macro group_figures(name) -%}
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

{% macro drawn_difference(name) -%}
    {%- set degrees = 'nullif(treated_count + control_count - 2, 0)' -%}
    treated_{{ name }} - control_{{ name }} as {{ name }}_difference,
    sqrt(
        (
            (treated_count - 1) * power(treated_{{ name }}_sd, 2) + (control_count - 1) * power(control_{{ name }}_sd, 2)
        ) / {{ degrees }}
        * (1e0 / nullif(treated_count, 0) + 1e0 / nullif(control_count, 0))
    ) as {{ name }}_standard_error,
    case when treated_count > 1 and control_count > 1 then cast({{ degrees }} as double) end as {{ name }}_degrees
{%- endmacro %}

{% macro difference_low(name) -%}
    {{ name }}_difference - {{ t_95(name ~ '_degrees') }} * {{ name }}_standard_error
{%- endmacro %}

{% macro difference_high(name) -%}
    {{ name }}_difference + {{ t_95(name ~ '_degrees') }} * {{ name }}_standard_error
{%- endmacro %}
