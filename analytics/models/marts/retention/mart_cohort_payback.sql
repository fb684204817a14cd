-- When the margin of the customers won in a month through a channel has paid what winning them
-- cost. Costs are those of the month and channel, and the customers those who bought first in it.

with costs as (
    select
        cast({{ dbt.date_trunc('month', 'costs.cost_date') }} as date) as cohort_month,
        costs.channel as acquisition_channel,
        sum(costs.cost) as acquisition_cost
    from {{ ref('stg_acquisition_costs') }} as costs
    cross join {{ ref('int_snapshot') }} as snapshot
    where costs.cost_date < snapshot.snapshot_date
    group by
        cast({{ dbt.date_trunc('month', 'costs.cost_date') }} as date),
        costs.channel
),

running as (
    select
        cohort_month,
        acquisition_channel,
        months_since,
        cohort_customer_count,
        sum(net_margin) over (partition by cohort_month, acquisition_channel order by months_since) as cumulative_margin
    from {{ ref('int_cohort_months') }}
),

paid as (
    select
        running.cohort_month,
        running.acquisition_channel,
        max(running.cohort_customer_count) as customer_count,
        max(running.months_since) as months_observed,
        min(case when running.cumulative_margin >= costs.acquisition_cost then running.months_since end) as payback_months
    from running
    left join costs
        on
            running.cohort_month = costs.cohort_month
            and running.acquisition_channel = costs.acquisition_channel
    group by
        running.cohort_month,
        running.acquisition_channel
),

margins as (
    select
        cohort_month,
        acquisition_channel,
        sum(net_margin) as margin_to_date
    from {{ ref('int_cohort_months') }}
    group by
        cohort_month,
        acquisition_channel
)

select
    coalesce(paid.cohort_month, costs.cohort_month) as cohort_month,
    coalesce(paid.acquisition_channel, costs.acquisition_channel) as acquisition_channel,
    coalesce(paid.customer_count, 0) as customer_count,
    cast(costs.acquisition_cost as decimal(18, 2)) as acquisition_cost,
    cast(costs.acquisition_cost / paid.customer_count as decimal(18, 4)) as cost_per_customer,
    cast(coalesce(margins.margin_to_date, 0) as decimal(18, 4)) as margin_to_date,
    cast(margins.margin_to_date / paid.customer_count as decimal(18, 4)) as margin_per_customer,
    paid.months_observed,
    paid.payback_months,
    case when costs.acquisition_cost is not null then paid.payback_months is not null end as is_paid_back,
    {{ share_of('coalesce(margins.margin_to_date, 0) - costs.acquisition_cost', 'costs.acquisition_cost') }} as return_on_cost
from paid
full outer join costs
    on
        paid.cohort_month = costs.cohort_month
        and paid.acquisition_channel = costs.acquisition_channel
left join margins
    on
        paid.cohort_month = margins.cohort_month
        and paid.acquisition_channel = margins.acquisition_channel
