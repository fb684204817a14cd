{#- A share as a ratio of doubles; NULL where there is nothing to have a share of. -#}
{% macro share_of(part, whole) -%}
    cast({{ part }} as double) / nullif({{ whole }}, 0)
{%- endmacro %}

{#- Bounds of the 95 % interval of the first share less the second, from the Wilson bounds of
    both: method 10 of R. G. Newcombe, Statistics in Medicine 17 (1998) 873. NULL where either
    n is 0.

        low  = d - sqrt((p1 - l1)^2 + (u2 - p2)^2)
        high = d + sqrt((u1 - p1)^2 + (p2 - l2)^2) -#}
{% macro share_difference_low(successes, n, other_successes, other_n, z=none) -%}
    {{ share_of(successes, n) }} - {{ share_of(other_successes, other_n) }}
    - sqrt(
        power({{ share_of(successes, n) }} - {{ wilson_low(successes, n, z) }}, 2)
        + power({{ wilson_high(other_successes, other_n, z) }} - {{ share_of(other_successes, other_n) }}, 2)
    )
{%- endmacro %}

{% macro share_difference_high(successes, n, other_successes, other_n, z=none) -%}
    {{ share_of(successes, n) }} - {{ share_of(other_successes, other_n) }}
    + sqrt(
        power({{ wilson_high(successes, n, z) }} - {{ share_of(successes, n) }}, 2)
        + power({{ share_of(other_successes, other_n) }} - {{ wilson_low(other_successes, other_n, z) }}, 2)
    )
{%- endmacro %}
