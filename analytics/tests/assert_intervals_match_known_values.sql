-- The interval macros against values that others printed, and against rows computed by hand.
-- Shares and differences: the examples of R. G. Newcombe, Statistics in Medicine 17 (1998) 857
-- and 873. Quantiles of t: the usual table.

with shares as (
    select
        'wilson' as formula,
        cast(column_1 as bigint) as successes,
        cast(column_2 as bigint) as n,
        cast(null as bigint) as other_successes,
        cast(null as bigint) as other_n,
        expected_low,
        expected_high
    from (
        select 81 as column_1, 263 as column_2, 0.2553 as expected_low, 0.3662 as expected_high
        union all select 15, 148, 0.0624, 0.1605
        union all select 0, 20, 0.0000, 0.1611
        union all select 1, 29, 0.0061, 0.1718
        -- By symmetry with 0 of 20.
        union all select 20, 20, 0.8389, 1.0000
    ) as printed_shares
),

differences as (
    select
        'newcombe' as formula,
        cast(column_1 as bigint) as successes,
        cast(column_2 as bigint) as n,
        cast(column_3 as bigint) as other_successes,
        cast(column_4 as bigint) as other_n,
        expected_low,
        expected_high
    from (
        select
            56 as column_1, 70 as column_2, 48 as column_3, 80 as column_4,
            0.0524 as expected_low, 0.3339 as expected_high
        union all select 9, 10, 3, 10, 0.1705, 0.8090
        union all select 6, 7, 2, 7, 0.0582, 0.8062
        union all select 5, 56, 0, 29, -0.0381, 0.1926
        union all select 0, 10, 0, 20, -0.1611, 0.2775
        union all select 0, 10, 0, 10, -0.2775, 0.2775
        union all select 10, 10, 0, 20, 0.6791, 1.0000
        union all select 10, 10, 0, 10, 0.6075, 1.0000
    ) as printed_differences
),

means as (
    select
        'mean' as formula,
        n,
        expected_high
    from (
        -- Mean 0 and deviation sqrt(n): the upper bound is the quantile of n - 1 degrees itself.
        select 2 as n, 12.7062 as expected_high
        union all select 3, 4.3027
        union all select 4, 3.1824
        union all select 5, 2.7764
        union all select 6, 2.5706
        union all select 11, 2.2281
        union all select 31, 2.0423
        union all select 101, 1.9840
    ) as table_of_t
),

-- Sleep of ten patients under two drugs (Student, Biometrika 6 (1908) 20), sums and squares of the hours gained.
patients as (
    select
        10 as treated_count,
        7.5 as treated_sleep_sum,
        34.43 as treated_sleep_squares,
        10 as control_count,
        23.3 as control_sleep_sum,
        90.37 as control_sleep_squares
),

sleep as (
    select
        treated_count,
        control_count,
        {{ group_figures('sleep') }}
    from patients
),

sleep_differences as (
    select
        'welch of sums' as formula,
        {{ welch_difference('sleep') }},
        -3.3654832 as expected_low,
        0.2054832 as expected_high
    from sleep
    union all
    select
        'student of sums' as formula,
        {{ drawn_difference('sleep') }},
        -3.363874 as expected_low,
        0.203874 as expected_high
    from sleep
),

computed as (
    select
        formula,
        n,
        {{ wilson_low('successes', 'n') }} as low,
        {{ wilson_high('successes', 'n') }} as high,
        expected_low,
        expected_high,
        0.00006 as tolerance
    from shares
    union all
    select
        formula,
        n,
        {{ share_difference_low('successes', 'n', 'other_successes', 'other_n') }} as low,
        {{ share_difference_high('successes', 'n', 'other_successes', 'other_n') }} as high,
        expected_low,
        expected_high,
        0.00006 as tolerance
    from differences
    union all
    select
        formula,
        n,
        {{ mean_low('0e0', 'sqrt(n)', 'n') }} as low,
        {{ mean_high('0e0', 'sqrt(n)', 'n') }} as high,
        -expected_high as expected_low,
        expected_high,
        0.0004 as tolerance
    from means
    union all
    -- Normal quantiles of 1 - 0.025 / n: 1.959964, 2.575829 (n = 5), 3.617364 (n = 168).
    select
        'many' as formula,
        n,
        {{ z_of_many('n') }} as low,
        {{ z_of_many('n') }} as high,
        expected as expected_low,
        expected as expected_high,
        0.00045 as tolerance
    from (
        select 1 as n, 1.959964 as expected
        union all select 5, 2.575829
        union all select 168, 3.617364
    ) as quantiles
    union all
    -- 1, 2, 3 and 6: sum 12, squares 50, so (50 - 36) / 3.
    select
        'deviation' as formula,
        4 as n,
        {{ exact_sd('4', '12', '50') }} as low,
        {{ exact_sd('4', '12', '50') }} as high,
        2.160247 as expected_low,
        2.160247 as expected_high,
        0.000001 as tolerance
    union all
    -- 10 (deviation 3, 8 values) less 7 (5, 20 values): variances 9/8 and 25/20, together 2.375;
    -- degrees 2.375^2 / (1.125^2 / 7 + 1.25^2 / 19) = 21.4, so 21, where t is 2.0796;
    -- 3 -+ 2.0796 x 1.54110.
    select
        'welch' as formula,
        28 as n,
        {{ mean_difference_low('10e0', '3e0', '8', '7e0', '5e0', '20') }} as low,
        {{ mean_difference_high('10e0', '3e0', '8', '7e0', '5e0', '20') }} as high,
        -0.2049 as expected_low,
        6.2049 as expected_high,
        0.0004 as tolerance
    union all
    -- What R's t.test prints of the sleep data, without and with var.equal; the first with 17.776 degrees, here 17: so much wider.
    select
        formula,
        20 as n,
        {{ difference_low('sleep') }} as low,
        {{ difference_high('sleep') }} as high,
        expected_low,
        expected_high,
        case when formula = 'student of sums' then 0.0001 else 0.007 end as tolerance
    from sleep_differences
    union all
    -- Three customers with (x, y) = (1, 4), (0, 2), (3, 4): r = 4 / 10; x - r y is -0.6, -0.8 and
    -- 1.4, squared and summed 2.96, times 3 / 2 is 4.44; 0.4 -+ 1.959964 x sqrt(4.44) / 10.
    select
        'ratio' as formula,
        3 as n,
        {{ ratio_low('3', '4', '10', '10', '16', '36') }} as low,
        {{ ratio_high('3', '4', '10', '10', '16', '36') }} as high,
        -0.012990 as expected_low,
        0.812990 as expected_high,
        0.000002 as tolerance
)

select
    formula,
    n,
    low,
    high,
    expected_low,
    expected_high
from computed
where
    not coalesce(abs(low - expected_low) <= tolerance and abs(high - expected_high) <= tolerance, false)
union all
-- Without values there is no interval, and no error.
select
    'nothing' as formula,
    n,
    {{ wilson_low('n', 'n') }} as low,
    {{ mean_high('n', 'n', 'n') }} as high,
    null as expected_low,
    null as expected_high
from (select 0 as n) as nothing
where
    {{ wilson_low('n', 'n') }} is not null
    or {{ wilson_high('n', 'n') }} is not null
    or {{ share_difference_low('n', 'n', '1', '2') }} is not null
    or {{ share_difference_high('1', '2', 'n', 'n') }} is not null
    or {{ mean_low('1e0', '1e0', 'n') }} is not null
    or {{ mean_high('1e0', '1e0', 'n + 1') }} is not null
    or {{ ratio_low('n', 'n', 'n', 'n', 'n', 'n') }} is not null
