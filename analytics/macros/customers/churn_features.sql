{#- The features of churn models, in the order of the columns of the tables that hold them. -#}
{% macro churn_features() -%}
    {{ return([
        'age', 'gender', 'country', 'income_band', 'acquisition_channel', 'credit_limit', 'days_since_sign_up',
        'tenure_days', 'recency_days', 'mean_gap_days', 'recency_to_gap', 'active_day_count', 'order_count',
        'lifetime_spend', 'lifetime_margin',
        'spend_30d', 'spend_60d', 'spend_90d', 'spend_180d', 'spend_360d',
        'order_count_30d', 'order_count_60d', 'order_count_90d', 'order_count_180d', 'order_count_360d',
        'active_day_count_30d', 'active_day_count_60d', 'active_day_count_90d', 'active_day_count_180d',
        'active_day_count_360d',
        'net_margin_180d', 'returns_180d', 'return_rate_180d',
        'average_order_spend', 'average_order_spend_180d', 'lines_per_order_180d', 'units_per_order_180d',
        'spend_momentum_30d', 'spend_momentum_90d', 'order_momentum_90d', 'order_spend_change',
        'period_spend_mean', 'period_spend_sd', 'period_spend_variation', 'active_period_count',
        'utilisation_30d', 'utilisation_90d',
        'travel_share', 'necessity_share', 'discretionary_share', 'sustainable_share', 'discounted_line_share',
        'morning_order_share', 'weekend_order_share',
        'r_score', 'f_score', 'm_score',
    ]) }}
{%- endmacro %}

{#- The query of these features, one for training and scoring, so that both mean the same.

    before:  query of customer_id, cutoff_date, periods_back (0 is the 30 days that end with the
             cut-off) and the measures of a period, of nothing but periods before the cut-off
    cutoffs: relation with the column cutoff_date
    columns: what is selected in the end -#}
{% macro churn_feature_query(before, cutoffs, columns) -%}
{%- set windows = {30: 1, 60: 2, 90: 3, 180: 6, 360: 12} -%}
{%- set baseline = periods_in(var('churn_baseline_days'), 'churn_baseline_days') -%}
with before as (
    {{ before | indent(4) }}
),

sums as (
    select
        cutoff_date,
        customer_id,
        max(last_order_day) as last_order_day,
        cast(sum(order_count) as bigint) as order_count,
        cast(sum(active_day_count) as bigint) as active_day_count,
        cast(sum(gross_revenue) as decimal(18, 2)) as lifetime_spend,
        cast(sum(net_margin) as decimal(18, 4)) as lifetime_margin,
        {%- for days, count in windows.items() %}
        cast(sum(case when periods_back < {{ count }} then gross_revenue else 0 end) as decimal(18, 2)) as spend_{{ days }}d,
        cast(sum(case when periods_back < {{ count }} then order_count else 0 end) as bigint) as order_count_{{ days }}d,
        cast(sum(case when periods_back < {{ count }} then active_day_count else 0 end) as bigint) as active_day_count_{{ days }}d,
        {%- endfor %}
        cast(sum(case when periods_back < 6 then net_margin else 0 end) as decimal(18, 4)) as net_margin_180d,
        cast(sum(case when periods_back < 6 then returns_amount else 0 end) as decimal(18, 2)) as returns_180d,
        sum(case when periods_back < 6 then sale_line_count else 0 end) as sale_line_count_180d,
        sum(case when periods_back < 6 then unit_count else 0 end) as unit_count_180d,
        sum(case when periods_back = 1 then gross_revenue else 0 end) as prior_spend_30d,
        sum(case when periods_back between 3 and 5 then gross_revenue else 0 end) as prior_spend_90d,
        sum(case when periods_back between 3 and 5 then order_count else 0 end) as prior_order_count_90d,
        sum(case when periods_back < 12 then {{ exact_product('gross_revenue', 'gross_revenue') }} else 0 end) as square_sum_360d,
        sum(case when periods_back < 12 and active_day_count > 0 then 1 else 0 end) as active_period_count,
        sum(case when periods_back < {{ baseline }} then active_day_count else 0 end) as baseline_day_count
    from before
    group by
        cutoff_date,
        customer_id
    having sum(active_day_count) > 0
),

-- Months that were over when the day of the cut-off began.
shares as (
    select
        cutoffs.cutoff_date,
        monthly.customer_id,
        sum(monthly.gross_revenue) as gross_revenue,
        sum(monthly.order_count) as order_count,
        sum(monthly.sale_line_count) as sale_line_count,
        sum(monthly.travel_amount) as travel_amount,
        sum(monthly.necessity_amount) as necessity_amount,
        sum(monthly.discretionary_amount) as discretionary_amount,
        sum(monthly.known_product_amount) as known_product_amount,
        sum(monthly.sustainable_amount) as sustainable_amount,
        sum(monthly.discounted_line_count) as discounted_line_count,
        sum(monthly.morning_order_count) as morning_order_count,
        sum(monthly.weekend_order_count) as weekend_order_count
    from {{ ref('int_customer_monthly') }} as monthly
    inner join {{ cutoffs }} as cutoffs
        on monthly.month_start < cast({{ dbt.date_trunc('month', 'cutoffs.cutoff_date') }} as date)
    group by
        cutoffs.cutoff_date,
        monthly.customer_id
),

-- Scores as int_customer_rfm_score gives them, among who had bought by then.
ranked as (
    select
        sums.*,
        rfm.first_order_day,
        {{ dbt.datediff('sums.last_order_day', 'sums.cutoff_date', 'day') }} as recency_days,
        {{ dbt.datediff('rfm.first_order_day', 'sums.cutoff_date', 'day') }} as tenure_days,
        rank() over (partition by sums.cutoff_date order by sums.last_order_day) - 1 as worse_recency,
        rank() over (partition by sums.cutoff_date order by sums.order_count) - 1 as worse_frequency,
        rank() over (partition by sums.cutoff_date order by sums.lifetime_spend) - 1 as worse_monetary,
        count(*) over (partition by sums.cutoff_date) as customer_count
    from sums
    inner join {{ ref('int_customer_rfm_values') }} as rfm
        on sums.customer_id = rfm.customer_id
),

scored as (
    select
        *,
        cast(1 + floor(5 * worse_recency / customer_count) as integer) as r_score,
        cast(1 + floor(5 * worse_frequency / customer_count) as integer) as f_score,
        cast(1 + floor(5 * worse_monetary / customer_count) as integer) as m_score,
        {{ share_of(dbt.datediff('first_order_day', 'last_order_day', 'day'), 'active_day_count - 1') }} as mean_gap_days,
        least(12, cast(ceil(tenure_days / {{ period_days() }}.0) as integer)) as lived_period_count
    from ranked
    where baseline_day_count > 0
),

described as (
    select
        scored.*,
        cast({{ full_years('customers.birth_date', 'scored.cutoff_date') }} as integer) as age,
        customers.gender,
        customers.country,
        customers.income_band,
        customers.acquisition_channel,
        customers.credit_limit,
        -- Who signs up later has not signed up yet.
        case
            when customers.signed_up_at < scored.cutoff_date
                then {{ dbt.datediff('customers.signed_up_at', 'scored.cutoff_date', 'day') }}
        end as days_since_sign_up,
        {{ share_of('scored.recency_days', 'scored.mean_gap_days') }} as recency_to_gap,
        {{ share_of('-scored.returns_180d', 'scored.spend_180d') }} as return_rate_180d,
        {{ share_of('scored.lifetime_spend', 'scored.order_count') }} as average_order_spend,
        {{ share_of('scored.spend_180d', 'scored.order_count_180d') }} as average_order_spend_180d,
        {{ share_of('scored.sale_line_count_180d', 'scored.order_count_180d') }} as lines_per_order_180d,
        -- Payments name no units.
        {{ share_of('nullif(scored.unit_count_180d, 0)', 'scored.order_count_180d') }} as units_per_order_180d,
        {{ share_of('scored.spend_30d', 'scored.prior_spend_30d') }} as spend_momentum_30d,
        {{ share_of('scored.spend_90d', 'scored.prior_spend_90d') }} as spend_momentum_90d,
        {{ share_of('scored.order_count_90d', 'scored.prior_order_count_90d') }} as order_momentum_90d,
        {{ share_of('scored.spend_360d', 'scored.lived_period_count') }} as period_spend_mean,
        {{ exact_sd('scored.lived_period_count', 'scored.spend_360d', 'scored.square_sum_360d') }} as period_spend_sd,
        {{ share_of('scored.spend_30d', 'customers.credit_limit') }} as utilisation_30d,
        {{ share_of('scored.spend_90d', 'customers.credit_limit') }} as utilisation_90d,
        {{ share_of('shares.travel_amount', 'shares.gross_revenue') }} as travel_share,
        {{ share_of('shares.necessity_amount', 'shares.gross_revenue') }} as necessity_share,
        {{ share_of('shares.discretionary_amount', 'shares.gross_revenue') }} as discretionary_share,
        {{ share_of('shares.sustainable_amount', 'shares.known_product_amount') }} as sustainable_share,
        {{ share_of('shares.discounted_line_count', 'shares.sale_line_count') }} as discounted_line_share,
        {{ share_of('shares.morning_order_count', 'shares.order_count') }} as morning_order_share,
        {{ share_of('shares.weekend_order_count', 'shares.order_count') }} as weekend_order_share
    from scored
    left join {{ ref('dim_customer') }} as customers
        on
            scored.customer_id = customers.customer_id
            and customers.valid_from <= scored.cutoff_date
            and customers.valid_to > scored.cutoff_date
    left join shares
        on
            scored.cutoff_date = shares.cutoff_date
            and scored.customer_id = shares.customer_id
),

derived as (
    select
        *,
        {{ share_of('average_order_spend_180d', 'average_order_spend') }} as order_spend_change,
        {{ share_of('period_spend_sd', 'period_spend_mean') }} as period_spend_variation
    from described
)

select
    {{ columns | join(',\n    ') }}
from derived
{%- endmacro %}
