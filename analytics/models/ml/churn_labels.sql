-- Whether customers who were active before a cut-off churned in the days after it. Cut-offs lie
-- 30 days apart; the newest is as far back as the label looks ahead, so that every label window
-- is over. Active: a purchase in the days of the baseline.

{% set horizon = periods_in(var('churn_horizon_days'), 'churn_horizon_days') %}
{% set baseline = periods_in(var('churn_baseline_days'), 'churn_baseline_days') %}

with cutoffs as (
    {%- for offset in churn_cutoff_offsets() %}
    select
        {{ offset }} as period_offset,
        snapshot_date,
        cast({{ dbt.dateadd('day', -period_days() * offset, 'snapshot_date') }} as date) as cutoff_date
    from {{ ref('int_snapshot') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

windows as (
    select
        periods.customer_id,
        cutoffs.cutoff_date,
        cutoffs.snapshot_date,
        min(case when periods.period_index >= cutoffs.period_offset then periods.first_order_day end) as first_order_day,
        max(case when periods.period_index >= cutoffs.period_offset then periods.last_order_day end) as last_order_day,
        sum(case when periods.period_index >= cutoffs.period_offset then periods.sale_line_count else 0 end)
            as sale_line_count_before,
        sum(
            case
                when
                    periods.period_index >= cutoffs.period_offset
                    and periods.period_index < cutoffs.period_offset + {{ baseline }}
                    then periods.active_day_count
                else 0
            end
        ) as baseline_day_count,
        sum(
            case
                when
                    periods.period_index >= cutoffs.period_offset
                    and periods.period_index < cutoffs.period_offset + {{ baseline }}
                    then periods.gross_revenue
                else 0
            end
        ) as baseline_revenue,
        sum(case when periods.period_index < cutoffs.period_offset then periods.active_day_count else 0 end) as active_day_count_after,
        sum(case when periods.period_index < cutoffs.period_offset then periods.gross_revenue else 0 end) as spend_after
    from {{ ref('int_customer_periods') }} as periods
    inner join cutoffs
        on periods.period_index >= cutoffs.period_offset - {{ horizon }}
    group by
        periods.customer_id,
        cutoffs.cutoff_date,
        cutoffs.snapshot_date
),

measured as (
    select
        *,
        -- A life shorter than the baseline is its own measure, but no shorter than the horizon:
        -- a first purchase yesterday is no habit.
        cast(
            baseline_revenue * {{ var('churn_horizon_days') }}.0
            / least(
                {{ var('churn_baseline_days') }},
                greatest({{ var('churn_horizon_days') }}, {{ dbt.datediff('first_order_day', 'cutoff_date', 'day') }})
            )
            as decimal(18, 4)
        ) as baseline_spend
    from windows
    where baseline_day_count > 0
)

select
    customer_id,
    cutoff_date,
    cast({{ dbt.dateadd('day', var('churn_horizon_days'), 'cutoff_date') }} as date) as label_end_date,
    last_order_day as last_order_day_before,
    cast(sale_line_count_before as bigint) as sale_line_count_before,
    baseline_spend,
    cast(spend_after as decimal(18, 2)) as spend_after,
    cast(active_day_count_after as bigint) as active_day_count_after,
    {{ share_of('spend_after', 'baseline_spend') }} as spend_ratio,
    active_day_count_after = 0 as is_inactive,
    spend_after < {{ var('churn_spend_floor') }} * baseline_spend as is_spend_drop,
    active_day_count_after = 0 or spend_after < {{ var('churn_spend_floor') }} * baseline_spend as is_churned
from measured
