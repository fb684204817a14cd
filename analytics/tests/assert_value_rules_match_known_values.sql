-- The rules for churn and lifetime value against figures from elsewhere: Bayes' theorem in its
-- plain form, p / (p + (1 - p) exp(-r / g)), and a numeric integration of margin x survival x
-- discount in 400,000 steps. The chance to have left must grow with the silence.

with churn_cases as (
    select cast(0 as double) as recency, 10e0 as mean_gap, 0.1e0 as dropout, 0.1e0 as expected
    union all
    select cast(10 as double) as recency, 10e0 as mean_gap, 0.1e0 as dropout, 0.23196931668407392e0 as expected
    union all
    select cast(100 as double) as recency, 10e0 as mean_gap, 0.1e0 as dropout, 0.9995915675173919e0 as expected
    union all
    select cast(30 as double) as recency, 60e0 as mean_gap, 0.05e0 as dropout, 0.07984616815180758e0 as expected
    union all
    -- Silence past what exp() can hold.
    select cast(1000000 as double) as recency, 10e0 as mean_gap, 0.1e0 as dropout, 1e0 as expected
),

value_cases as (
    select 20e0 as margin, 10e0 as mean_gap, 0.1e0 as dropout, 0.25e0 as left_already, 365 as days, 0.1e0 as rate, 142.7287676300844e0 as expected
    union all
    select 5.5e0 as margin, 30e0 as mean_gap, 0.02e0 as dropout, 0e0 as left_already, 365 as days, 0.05e0 as rate, 58.02880137204376e0 as expected
    union all
    select 100e0 as margin, 1.25e0 as mean_gap, 0.001e0 as dropout, 0.9e0 as left_already, 90 as days, 0.0001e0 as rate, 694.6825804633662e0 as expected
    union all
    select -4e0 as margin, 7e0 as mean_gap, 0.3e0 as dropout, 0.5e0 as left_already, 365 as days, 0.1e0 as rate, -6.626292432434755e0 as expected
),

churn_answers as (
    select
        'churn' as rule,
        {{ calculate_churn_probability('recency', 'mean_gap', 'dropout') }} as answer,
        expected
    from churn_cases
),

value_answers as (
    select
        'value' as rule,
        {{ calculate_customer_lifetime_value('margin', 'mean_gap', 'dropout', 'left_already', 'days', 'rate') }} as answer,
        expected
    from value_cases
),

ordered as (
    select
        'monotone' as rule,
        churn_probability as answer,
        lag(churn_probability) over (order by recency) as expected
    from (
        select
            recency,
            {{ calculate_churn_probability('recency', '12e0', '0.05e0') }} as churn_probability
        from (
            select distinct cast(recency as double) as recency
            from {{ ref('int_customer_rfm_values') }}
        ) as silences
    ) as judged
)

select * from churn_answers
where answer is null or abs(answer - expected) > 1e-12

union all

select * from value_answers
where answer is null or abs(answer - expected) > 1e-8 * abs(expected)

union all

select * from ordered
where answer < expected
