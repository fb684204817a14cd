{#- Rules and no trained predictions: closed formulas whose constants are counted in the data of
    the project. Both are SQL expressions of columns. -#}

{#- Probability that a customer buys no more, from the days since the last purchase and the
    customer's own rhythm. While alive, gaps are exponential with mean mean_gap (days); after
    each purchase day the customer leaves with dropout_probability. By Bayes

        P(left | silent for recency days) = 1 - 1 / (1 + p / (1 - p) exp(recency / mean_gap))

    which is P(alive) of the BG/NBD model for one customer of known rate: Fader, Hardie and Lee,
    Marketing Science 24 (2005) 275. It grows with recency and never leaves 0 to 1.
    0 < dropout_probability < 1, mean_gap > 0. -#}
{% macro calculate_churn_probability(recency, mean_gap, dropout_probability) -%}
    {#- exp() runs out of doubles past 709. -#}
    (
        1e0 - 1e0 / (
            1e0
            + {{ dropout_probability }} / (1e0 - {{ dropout_probability }})
            * exp(least(700e0, {{ recency }} / {{ mean_gap }}))
        )
    )
{%- endmacro %}

{#- Margin that a customer is expected to leave in the next days, discounted, by the same model:

        (1 - churn_probability) * m / g * (1 - exp(-(p / g + d) T)) / (p / g + d)

    m: margin a purchase day; g: mean gap in days; p: dropout probability a purchase day, so that
    p / g is the hazard a day; d = ln(1 + discount_rate) / 365 with the rate a year; T: days.
    The integral of the margin a day, times survival, times the discount factor. -#}
{% macro calculate_customer_lifetime_value(
    margin_per_purchase_day, mean_gap, dropout_probability, churn_probability, days, discount_rate
) -%}
    (
        (1e0 - {{ churn_probability }}) * {{ margin_per_purchase_day }} / {{ mean_gap }}
        * (1e0 - exp(-({{ dropout_probability }} / {{ mean_gap }} + ln(1e0 + {{ discount_rate }}) / 365e0) * {{ days }}))
        / ({{ dropout_probability }} / {{ mean_gap }} + ln(1e0 + {{ discount_rate }}) / 365e0)
    )
{%- endmacro %}

{#- On-run-end hook: the same two as functions of a customer id, where the engine has macros:
    select gold.calculate_churn_probability('C1'). NULL for who never bought. -#}
{% macro create_customer_functions() -%}
    {{ return(adapter.dispatch('create_customer_functions')()) }}
{%- endmacro %}

{% macro default__create_customer_functions() -%}
{%- endmacro %}

{% macro duckdb__create_customer_functions() -%}
    {%- set values = ref('int_customer_lifetime_value') -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- if adapter.get_relation(values.database, values.schema, values.identifier) is not none -%}
            {%- set gold = generate_schema_name('gold', none) -%}
            create schema if not exists {{ gold }};
            {#- The argument is put in as it is written. A name that the inner query has too would be
                the inner one, so the inner one is a name that nobody gives. -#}
            create or replace macro {{ gold }}.calculate_customer_lifetime_value(customer) as (
                select _value
                from (select customer_id as _customer, expected_margin_12m as _value from {{ values }}) as _values
                where _customer = customer
            );
            create or replace macro {{ gold }}.calculate_churn_probability(customer) as (
                select _value
                from (select customer_id as _customer, churn_probability as _value from {{ values }}) as _values
                where _customer = customer
            );
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
