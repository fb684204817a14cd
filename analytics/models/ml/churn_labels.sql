-- Whether customers who were active before a cut-off churned in the days after it. Active: a
-- purchase in the days of the baseline. Only cut-offs with a changed day are made anew: see int_churn_cutoff_inputs.

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_when_made_of_other(ref('int_churn_cutoff_inputs'), 'label_inputs') }}"
) }}

{% set horizon = periods_in(var('churn_horizon_days'), 'churn_horizon_days') %}
{% set baseline = periods_in(var('churn_baseline_days'), 'churn_baseline_days') %}

with wanted as (
    select
        cutoffs.cell_index,
        cutoffs.cutoff_date,
        cutoffs.label_end_date,
        inputs.label_inputs
    from {{ ref('int_churn_cutoffs') }} as cutoffs
    inner join {{ ref('int_churn_cutoff_inputs') }} as inputs
        on cutoffs.cutoff_date = inputs.cutoff_date
    where {{ is_to_be_made('inputs.label_inputs') }}
),

placed as (
    select
        cells.customer_id,
        cutoffs.cutoff_date,
        cutoffs.label_end_date,
        cutoffs.label_inputs,
        -- 0 is the cell that ends with the cut-off; negative ones come after it.
        cutoffs.cell_index - 1 - cells.cell_index as cells_back,
        cells.active_day_count,
        cells.sale_line_count,
        cells.gross_revenue,
        cells.last_order_day
    from {{ ref('int_churn_cells') }} as cells
    inner join wanted as cutoffs
        on cells.cell_index < cutoffs.cell_index + {{ horizon }}
),

windows as (
    select
        customer_id,
        cutoff_date,
        label_end_date,
        label_inputs,
        max(case when cells_back >= 0 then last_order_day end) as last_order_day,
        sum(case when cells_back >= 0 then sale_line_count else 0 end) as sale_line_count_before,
        sum(case when cells_back between 0 and {{ baseline - 1 }} then active_day_count else 0 end) as baseline_day_count,
        sum(case when cells_back between 0 and {{ baseline - 1 }} then gross_revenue else 0 end) as baseline_revenue,
        sum(case when cells_back < 0 then active_day_count else 0 end) as active_day_count_after,
        sum(case when cells_back < 0 then gross_revenue else 0 end) as spend_after
    from placed
    group by
        customer_id,
        cutoff_date,
        label_end_date,
        label_inputs
),

measured as (
    select
        windows.*,
        -- A life shorter than the baseline is its own measure, but no shorter than the horizon:
        -- a first purchase yesterday is no habit.
        cast(
            windows.baseline_revenue * {{ var('churn_horizon_days') }}.0
            / least(
                {{ var('churn_baseline_days') }},
                greatest(
                    {{ var('churn_horizon_days') }},
                    {{ dbt.datediff('rfm.first_order_day', 'windows.cutoff_date', 'day') }}
                )
            )
            as decimal(18, 4)
        ) as baseline_spend
    from windows
    inner join {{ ref('int_customer_rfm_values') }} as rfm
        on windows.customer_id = rfm.customer_id
    where windows.baseline_day_count > 0
)

select
    customer_id,
    cutoff_date,
    label_end_date,
    last_order_day as last_order_day_before,
    cast(sale_line_count_before as bigint) as sale_line_count_before,
    baseline_spend,
    cast(spend_after as decimal(18, 2)) as spend_after,
    cast(active_day_count_after as bigint) as active_day_count_after,
    {{ share_of('spend_after', 'baseline_spend') }} as spend_ratio,
    active_day_count_after = 0 as is_inactive,
    spend_after < {{ var('churn_spend_floor') }} * baseline_spend as is_spend_drop,
    active_day_count_after = 0 or spend_after < {{ var('churn_spend_floor') }} * baseline_spend as is_churned,
    label_inputs as _inputs
from measured
