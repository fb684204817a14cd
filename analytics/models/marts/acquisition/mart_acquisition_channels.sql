-- What channels cost and what the customers bring whom they won, by channel and month. A new customer belongs to the month of
-- the first order, which is when winning them is done; sign-ups stand beside. A few rows a month, made anew each
-- time, since a cohort's margin goes on growing.

with spend as (
    select
        channel,
        month_start,
        sum(cost) as spend,
        sum(impressions) as impressions,
        sum(clicks) as clicks
    from {{ ref('acquisition_costs') }}
    group by
        channel,
        month_start
),

sign_ups as (
    select
        coalesce(acquisition_channel, 'unknown') as channel,
        cast({{ dbt.date_trunc('month', 'signed_up_at') }} as date) as month_start,
        count(*) as sign_up_count
    from {{ ref('stg_customer_data') }}
    where cast(signed_up_at as date) < (select snapshot_date from {{ ref('int_snapshot') }})
    group by
        coalesce(acquisition_channel, 'unknown'),
        cast({{ dbt.date_trunc('month', 'signed_up_at') }} as date)
),

cohorts as (
    select
        acquisition_channel as channel,
        cohort_month as month_start,
        count(*) as new_customer_count,
        sum(margin_90) as margin_90,
        sum(margin_365) as margin_365,
        -- Decimals, so that the sums do not depend on the order of the rows.
        sum({{ exact_product('margin_90', 'margin_90', 4) }}) as squared_margin_90,
        sum({{ exact_product('margin_365', 'margin_365', 4) }}) as squared_margin_365,
        sum(case when is_observed_90 then 1 else 0 end) as observed_90_count,
        sum(case when is_observed_90 and has_repeat_90 then 1 else 0 end) as repeat_90_count,
        sum(case when is_observed_180 then 1 else 0 end) as observed_180_count,
        sum(case when is_observed_180 and is_retained_90 then 1 else 0 end) as retained_90_count
    from {{ ref('int_customer_first_year') }}
    where is_new_customer
    group by
        acquisition_channel,
        cohort_month
),

margins as (
    select
        newcomers.acquisition_channel as channel,
        newcomers.cohort_month as month_start,
        monthly.month_start as margin_month,
        sum(monthly.net_margin) as net_margin
    from {{ ref('int_customer_first_year') }} as newcomers
    inner join {{ ref('int_customer_monthly') }} as monthly
        on newcomers.customer_id = monthly.customer_id
    where
        newcomers.is_new_customer
        and monthly.month_start >= newcomers.cohort_month
    group by
        newcomers.acquisition_channel,
        newcomers.cohort_month,
        monthly.month_start
),

accumulated as (
    select
        channel,
        month_start,
        margin_month,
        sum(net_margin) over (partition by channel, month_start order by margin_month) as margin_so_far
    from margins
),

paybacks as (
    select
        accumulated.channel,
        accumulated.month_start,
        min(accumulated.margin_month) as payback_month
    from accumulated
    inner join spend
        on
            accumulated.channel = spend.channel
            and accumulated.month_start = spend.month_start
    where
        spend.spend > 0
        and accumulated.margin_so_far >= spend.spend
    group by
        accumulated.channel,
        accumulated.month_start
),

keys as (
    select channel, month_start from spend
    union
    select channel, month_start from sign_ups
    union
    select channel, month_start from cohorts
),

joined as (
    select
        keys.channel,
        keys.month_start,
        cast({{ dbt.dateadd('month', 1, 'keys.month_start') }} as date) as next_month_start,
        cast(coalesce(spend.spend, 0) as decimal(18, 2)) as spend,
        cast(coalesce(spend.impressions, 0) as bigint) as impressions,
        cast(coalesce(spend.clicks, 0) as bigint) as clicks,
        coalesce(sign_ups.sign_up_count, 0) as sign_up_count,
        coalesce(cohorts.new_customer_count, 0) as new_customer_count,
        cast(coalesce(cohorts.margin_90, 0) as decimal(18, 4)) as margin_90,
        cast(coalesce(cohorts.margin_365, 0) as decimal(18, 4)) as margin_365,
        {{ exact_sd('cohorts.new_customer_count', 'cohorts.margin_90', 'cohorts.squared_margin_90') }}
            as deviation_90,
        {{ exact_sd('cohorts.new_customer_count', 'cohorts.margin_365', 'cohorts.squared_margin_365') }}
            as deviation_365,
        cast(coalesce(cohorts.observed_90_count, 0) as bigint) as observed_90_count,
        cast(coalesce(cohorts.repeat_90_count, 0) as bigint) as repeat_90_count,
        cast(coalesce(cohorts.observed_180_count, 0) as bigint) as observed_180_count,
        cast(coalesce(cohorts.retained_90_count, 0) as bigint) as retained_90_count,
        paybacks.payback_month
    from keys
    left join spend
        on
            keys.channel = spend.channel
            and keys.month_start = spend.month_start
    left join sign_ups
        on
            keys.channel = sign_ups.channel
            and keys.month_start = sign_ups.month_start
    left join cohorts
        on
            keys.channel = cohorts.channel
            and keys.month_start = cohorts.month_start
    left join paybacks
        on
            keys.channel = paybacks.channel
            and keys.month_start = paybacks.month_start
),

means as (
    select
        *,
        {{ share_of('margin_90', 'new_customer_count') }} as average_margin_90,
        {{ share_of('margin_365', 'new_customer_count') }} as average_margin_365
    from joined
)

select
    means.channel,
    means.month_start,
    means.spend,
    means.impressions,
    means.clicks,
    means.sign_up_count,
    means.new_customer_count,
    {{ share_of('means.spend', 'means.new_customer_count') }} as acquisition_cost,
    {{ share_of('means.spend', 'means.sign_up_count') }} as cost_per_sign_up,
    means.margin_90,
    means.average_margin_90,
    {{ mean_low('means.average_margin_90', 'means.deviation_90', 'means.new_customer_count') }} as average_margin_90_low,
    {{ mean_high('means.average_margin_90', 'means.deviation_90', 'means.new_customer_count') }} as average_margin_90_high,
    cast({{ dbt.dateadd('day', 89, 'means.next_month_start') }} as date) <= snapshot.snapshot_date as is_complete_90,
    means.margin_365,
    means.average_margin_365,
    {{ mean_low('means.average_margin_365', 'means.deviation_365', 'means.new_customer_count') }} as average_margin_365_low,
    {{ mean_high('means.average_margin_365', 'means.deviation_365', 'means.new_customer_count') }} as average_margin_365_high,
    cast({{ dbt.dateadd('day', 364, 'means.next_month_start') }} as date) <= snapshot.snapshot_date as is_complete_365,
    {{ share_of('means.margin_365 - means.spend', 'means.spend') }} as return_on_spend,
    (
        {{ mean_low('means.average_margin_365', 'means.deviation_365', 'means.new_customer_count') }}
    ) * means.new_customer_count / nullif(means.spend, 0) - 1 as return_on_spend_low,
    (
        {{ mean_high('means.average_margin_365', 'means.deviation_365', 'means.new_customer_count') }}
    ) * means.new_customer_count / nullif(means.spend, 0) - 1 as return_on_spend_high,
    -- The month of the first orders is the first month of paying back.
    {{ dbt.datediff('means.month_start', 'means.payback_month', 'month') }} + 1 as payback_months,
    means.observed_90_count,
    means.repeat_90_count,
    {{ share_of('means.repeat_90_count', 'means.observed_90_count') }} as repeat_rate_90,
    {{ wilson_low('means.repeat_90_count', 'means.observed_90_count') }} as repeat_rate_90_low,
    {{ wilson_high('means.repeat_90_count', 'means.observed_90_count') }} as repeat_rate_90_high,
    means.observed_180_count,
    means.retained_90_count,
    {{ share_of('means.retained_90_count', 'means.observed_180_count') }} as retention_rate_90,
    {{ wilson_low('means.retained_90_count', 'means.observed_180_count') }} as retention_rate_90_low,
    {{ wilson_high('means.retained_90_count', 'means.observed_180_count') }} as retention_rate_90_high
from means
cross join {{ ref('int_snapshot') }} as snapshot
