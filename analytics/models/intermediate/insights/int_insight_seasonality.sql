-- Does the fourth quarter bring more than a quarter? Revenue a day of whole calendar months, those
-- of October to December against the others. The ratio of the two means becomes the quarter's
-- share of a year: r / (r + 3). Its interval is that of the ratio's logarithm, by months.

with months as (
    select
        cast({{ dbt.date_trunc('month', 'daily.revenue_date') }} as date) as month_start,
        count(*) as day_count,
        sum(daily.net_revenue) as net_revenue
    from {{ ref('mart_daily_revenue') }} as daily
    group by cast({{ dbt.date_trunc('month', 'daily.revenue_date') }} as date)
),

whole_months as (
    select
        case when extract(month from month_start) >= 10 then 1 else 0 end as is_fourth_quarter,
        -- Decimals, so that sums do not depend on the order of the rows.
        cast(net_revenue / day_count as decimal(18, 4)) as daily_revenue
    from months
    where day_count = {{ dbt.datediff('month_start', dbt.dateadd('month', 1, 'month_start'), 'day') }}
),

groups as (
    select
        is_fourth_quarter,
        count(*) as n,
        {{ share_of('sum(daily_revenue)', 'count(*)') }} as mean_revenue,
        {{ exact_sd('count(*)', 'sum(daily_revenue)', 'sum(' ~ exact_product('daily_revenue', 'daily_revenue', 4) ~ ')') }} as revenue_sd
    from whole_months
    group by is_fourth_quarter
),

compared as (
    select
        quarter.n + others.n as n,
        quarter.n as quarter_n,
        others.n as others_n,
        quarter.mean_revenue / nullif(others.mean_revenue, 0) as ratio,
        power(quarter.revenue_sd / nullif(quarter.mean_revenue, 0), 2) / quarter.n as quarter_variance,
        power(others.revenue_sd / nullif(others.mean_revenue, 0), 2) / others.n as others_variance
    from groups as quarter
    inner join groups as others
        on
            quarter.is_fourth_quarter = 1
            and others.is_fourth_quarter = 0
),

errors as (
    select
        n,
        ratio,
        sqrt(quarter_variance + others_variance) as log_error,
        power(quarter_variance + others_variance, 2)
        / nullif(power(quarter_variance, 2) / (quarter_n - 1) + power(others_variance, 2) / (others_n - 1), 0) as degrees
    from compared
    where
        quarter_n > 1
        and others_n > 1
        and ratio > 0
),

bounded as (
    select
        n,
        ratio / (ratio + 3e0) as share,
        3e0 as others_weight,
        ratio * exp(-{{ t_95('degrees') }} * log_error) as ratio_low,
        ratio * exp({{ t_95('degrees') }} * log_error) as ratio_high
    from errors
),

-- One row, also when there is no whole year to look at.
figures as (
    select
        max(share) as share,
        max(ratio_low / (ratio_low + others_weight)) as ci_low,
        max(ratio_high / (ratio_high + others_weight)) as ci_high,
        coalesce(max(n), 0) as n
    from bounded
)

select
    'seasonality_q4' as insight_key,
    'The fourth quarter' as title,
    'Share of October to December in a year''s net revenue' as statistic,
    share as value,
    ci_low,
    ci_high,
    n,
    0.25e0 as comparison_value,
    case
        when ci_low > 0.25 then 'The fourth quarter brings more than a quarter of the revenue'
        when ci_high < 0.25 then 'The fourth quarter brings less than a quarter of the revenue'
        when ci_low is not null then 'The fourth quarter does not stand out'
        else 'Too few whole months to tell'
    end as finding
from figures
