{#- Bounds of the 95 % interval of a ratio of two sums over n units (customers, as a rule), such
    as points expired / points earned, where a unit brings many of both: the ratio's
    linearised error, W. G. Cochran, Sampling Techniques (1977), section 6.4.

        r = x / y,  half width = z sqrt(n / (n - 1) (xx - 2 r xy + r^2 yy)) / y

    x, y: sums over the units; xx, xy, yy: sums of their squares and of their product.
    NULL where n is below 2 or y is 0. -#}
{% macro ratio_low(n, x, y, xx, xy, yy) -%}
    {{ share_of(x, y) }} - {{ ratio_half_width(n, x, y, xx, xy, yy) }}
{%- endmacro %}

{% macro ratio_high(n, x, y, xx, xy, yy) -%}
    {{ share_of(x, y) }} + {{ ratio_half_width(n, x, y, xx, xy, yy) }}
{%- endmacro %}

{% macro ratio_half_width(n, x, y, xx, xy, yy) -%}
    {#- Rounding may leave a tiny negative number where every unit has the same ratio. -#}
    case
        when {{ n }} > 1 then {{ z_95() }} * sqrt(greatest(0e0,
            cast({{ n }} as double) / ({{ n }} - 1)
            * ({{ xx }} - 2e0 * {{ share_of(x, y) }} * {{ xy }} + power({{ share_of(x, y) }}, 2) * {{ yy }})
        )) / abs(nullif({{ y }}, 0))
    end
{%- endmacro %}
