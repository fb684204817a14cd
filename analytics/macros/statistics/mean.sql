{#- The 97.5 % quantile of Student's t. Degrees of freedom are rounded down, which errs to the
    wide side. The first four are from the table, the others by the expansion 26.7.5 of
    Abramowitz and Stegun, which is within 0.02 % from 5 on. NULL below 1. -#}
{% macro t_95(degrees) -%}
    {%- set z = 1.959963984540054 -%}
    case
        when {{ degrees }} < 1 then null
        when {{ degrees }} < 2 then 12.706204736e0
        when {{ degrees }} < 3 then 4.302652730e0
        when {{ degrees }} < 4 then 3.182446305e0
        when {{ degrees }} < 5 then 2.776445105e0
        else
            {{ z }}e0
            + {{ (z ** 3 + z) / 4 }}e0 / floor({{ degrees }})
            + {{ (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96 }}e0 / power(floor({{ degrees }}), 2)
            + {{ (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384 }}e0 / power(floor({{ degrees }}), 3)
            + {{ (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160 }}e0 / power(floor({{ degrees }}), 4)
    end
{%- endmacro %}

{#- Bounds of the 95 % interval of a mean: mean -+ t(n - 1) sd / sqrt(n), with sd the sample's
    deviation (stddev_samp). NULL where n is below 2. Student, Biometrika 6 (1908) 1. For
    skewed values such as money it wants some dozens of them. -#}
{% macro mean_low(mean, deviation, n) -%}
    {{ mean }} - {{ t_95('(' ~ n ~ ' - 1)') }} * {{ deviation }} / sqrt(nullif({{ n }}, 0))
{%- endmacro %}

{% macro mean_high(mean, deviation, n) -%}
    {{ mean }} + {{ t_95('(' ~ n ~ ' - 1)') }} * {{ deviation }} / sqrt(nullif({{ n }}, 0))
{%- endmacro %}

{#- Bounds of the 95 % interval of the first mean less the second, their variances not taken as
    equal: B. L. Welch, Biometrika 34 (1947) 28. NULL where either n is below 2. Two groups
    without any spread have no interval either. -#}
{% macro mean_difference_low(mean, deviation, n, other_mean, other_deviation, other_n) -%}
    {{ mean }} - {{ other_mean }}
    - {{ t_95(welch_degrees(deviation, n, other_deviation, other_n)) }}
    * sqrt({{ squared_error(deviation, n) }} + {{ squared_error(other_deviation, other_n) }})
{%- endmacro %}

{% macro mean_difference_high(mean, deviation, n, other_mean, other_deviation, other_n) -%}
    {{ mean }} - {{ other_mean }}
    + {{ t_95(welch_degrees(deviation, n, other_deviation, other_n)) }}
    * sqrt({{ squared_error(deviation, n) }} + {{ squared_error(other_deviation, other_n) }})
{%- endmacro %}

{#- Variance of a mean. -#}
{% macro squared_error(deviation, n) -%}
    ({{ deviation }} * {{ deviation }} / nullif({{ n }}, 0))
{%- endmacro %}

{#- Degrees of freedom of a difference of means, after Welch and Satterthwaite. -#}
{% macro welch_degrees(deviation, n, other_deviation, other_n) -%}
    (
        power({{ squared_error(deviation, n) }} + {{ squared_error(other_deviation, other_n) }}, 2)
        / nullif(
            power({{ squared_error(deviation, n) }}, 2) / nullif({{ n }} - 1, 0)
            + power({{ squared_error(other_deviation, other_n) }}, 2) / nullif({{ other_n }} - 1, 0),
            0
        )
    )
{%- endmacro %}
