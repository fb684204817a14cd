{#- The 97.5 % quantile of the normal distribution: 95 % lie within that many deviations. -#}
{% macro z_95() -%}
    1.959963984540054e0
{%- endmacro %}

{#- Bounds of the 95 % interval of a share by Wilson's score: successes of n, whole numbers with
    0 <= successes <= n. It stays inside 0 and 1 and holds for small n and for shares near 0 and
    1, where the usual p +- z sqrt(p (1 - p) / n) does not. NULL where n is 0.

        (s + z^2/2 -+ z sqrt(s (n - s) / n + z^2/4)) / (n + z^2)

    E. B. Wilson, JASA 22 (1927) 209; method 3 of R. G. Newcombe, Statistics in Medicine 17
    (1998) 857. A larger z makes allowance for looking at many shares at once. -#}
{% macro wilson_low(successes, n, z=none) -%}
    {%- set z = z_95() if z is none else z -%}
    case
        when {{ n }} > 0 then greatest(0e0, (
            {{ successes }} + {{ z }} * {{ z }} / 2e0
            - {{ z }} * sqrt(({{ successes }}) * cast(({{ n }}) - ({{ successes }}) as double) / ({{ n }}) + {{ z }} * {{ z }} / 4e0)
        ) / ({{ n }} + {{ z }} * {{ z }}))
    end
{%- endmacro %}

{% macro wilson_high(successes, n, z=none) -%}
    {%- set z = z_95() if z is none else z -%}
    case
        when {{ n }} > 0 then least(1e0, (
            {{ successes }} + {{ z }} * {{ z }} / 2e0
            + {{ z }} * sqrt(({{ successes }}) * cast(({{ n }}) - ({{ successes }}) as double) / ({{ n }}) + {{ z }} * {{ z }} / 4e0)
        ) / ({{ n }} + {{ z }} * {{ z }}))
    end
{%- endmacro %}

{#- The normal quantile for looking at `count` intervals at once: that of 1 - 0.05 / (2 count), after Bonferroni, so that all
    of them hold together with 95 %. By 26.2.23 of Abramowitz and Stegun, within 0.00045. -#}
{% macro z_of_many(count) -%}
    {%- set t = "sqrt(-2e0 * ln(0.025e0 / (" ~ count ~ ")))" -%}
    (
        {{ t }} - (2.515517e0 + 0.802853e0 * {{ t }} + 0.010328e0 * power({{ t }}, 2))
        / (1e0 + 1.432788e0 * {{ t }} + 0.189269e0 * power({{ t }}, 2) + 0.001308e0 * power({{ t }}, 3))
    )
{%- endmacro %}
