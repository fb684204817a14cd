{#- Sample standard deviation from the number of values, their sum and the sum of their
    squares, both exact decimals. The engine's own sums doubles in the order in which threads
    meet them, so that the last digits would differ from build to build. Empty below two. -#}
{% macro exact_sd(value_count, value_sum, square_sum) -%}
    case
        when {{ value_count }} > 1
            then sqrt(
                greatest(
                    0.0,
                    (
                        cast({{ square_sum }} as double)
                        - cast({{ value_sum }} as double) * cast({{ value_sum }} as double) / {{ value_count }}
                    ) / ({{ value_count }} - 1)
                )
            )
    end
{%- endmacro %}
