-- Leakage guard: features counted anew from the lines with a strict cut at the cut-off's first
-- moment, and labels from the lines after it, for 200 customers at every cut-off.

with sampled as (
    select customer_id
    from (
        select
            customer_id,
            row_number() over (order by {{ surrogate_key(['customer_id']) }}) as draw
        from {{ ref('int_customer_rfm_values') }}
    ) as drawn
    where draw <= 200
),

lines as (
    select
        facts.customer_id,
        facts.transaction_day,
        facts.transaction_class,
        facts.amount,
        facts.margin_amount,
        case when facts.opens_order then 1 else 0 end as order_count
    from {{ ref('fct_transactions') }} as facts
    inner join sampled
        on facts.customer_id = sampled.customer_id
    where facts.transaction_class in ('sale', 'return')
),

cutoffs as (
    select distinct
        cutoff_date,
        label_end_date
    from {{ ref('ml_training_data') }}
),

known as (
    select
        lines.customer_id,
        cutoffs.cutoff_date,
        max(case when lines.transaction_class = 'sale' then lines.transaction_day end) as last_order_day,
        sum(lines.order_count) as order_count,
        sum(case when lines.transaction_class = 'sale' then lines.amount else 0 end) as lifetime_spend,
        sum(lines.margin_amount) as lifetime_margin,
        {%- for days in [30, 90, 180, 360] %}
        sum(
            case
                when
                    lines.transaction_class = 'sale'
                    and lines.transaction_day >= {{ dbt.dateadd('day', -days, 'cutoffs.cutoff_date') }}
                    then lines.amount
                else 0
            end
        ) as spend_{{ days }}d,
        {%- endfor %}
        count(
            distinct case
                when
                    lines.transaction_class = 'sale'
                    and lines.transaction_day >= {{ dbt.dateadd('day', -90, 'cutoffs.cutoff_date') }}
                    then lines.transaction_day
            end
        ) as active_day_count_90d,
        sum(
            case
                when
                    lines.transaction_class = 'return'
                    and lines.transaction_day >= {{ dbt.dateadd('day', -180, 'cutoffs.cutoff_date') }}
                    then lines.amount
                else 0
            end
        ) as returns_180d
    from cutoffs
    inner join lines
        on lines.transaction_day < cutoffs.cutoff_date
    group by
        lines.customer_id,
        cutoffs.cutoff_date
),

seen_after as (
    select
        lines.customer_id,
        cutoffs.cutoff_date,
        sum(lines.amount) as spend_after
    from cutoffs
    inner join lines
        on
            lines.transaction_day >= cutoffs.cutoff_date
            and lines.transaction_day < cutoffs.label_end_date
    where lines.transaction_class = 'sale'
    group by
        lines.customer_id,
        cutoffs.cutoff_date
),

-- Whoever bought in the days of the baseline has a row, and nobody else.
expected as (
    select
        known.*,
        seen_after.spend_after,
        seen_after.customer_id is null as is_inactive
    from known
    left join seen_after
        on
            known.customer_id = seen_after.customer_id
            and known.cutoff_date = seen_after.cutoff_date
    where known.last_order_day >= {{ dbt.dateadd('day', -var('churn_baseline_days'), 'known.cutoff_date') }}
),

stored as (
    select training.*
    from {{ ref('ml_training_data') }} as training
    inner join sampled
        on training.customer_id = sampled.customer_id
)

select
    coalesce(expected.customer_id, stored.customer_id) as customer_id,
    coalesce(expected.cutoff_date, stored.cutoff_date) as cutoff_date,
    expected.last_order_day as expected_last_order_day,
    stored.last_order_day,
    expected.spend_90d as expected_spend_90d,
    stored.spend_90d,
    expected.is_inactive as expected_is_inactive,
    stored.is_inactive
from expected
full outer join stored
    on
        expected.customer_id = stored.customer_id
        and expected.cutoff_date = stored.cutoff_date
left join {{ ref('churn_labels') }} as labels
    on
        stored.customer_id = labels.customer_id
        and stored.cutoff_date = labels.cutoff_date
where
    expected.customer_id is null
    or stored.customer_id is null
    or stored.last_order_day <> expected.last_order_day
    or stored.recency_days <> {{ dbt.datediff('expected.last_order_day', 'expected.cutoff_date', 'day') }}
    or stored.order_count <> expected.order_count
    or stored.lifetime_spend <> expected.lifetime_spend
    or stored.lifetime_margin <> expected.lifetime_margin
    {%- for days in [30, 90, 180, 360] %}
    or stored.spend_{{ days }}d <> expected.spend_{{ days }}d
    {%- endfor %}
    or stored.active_day_count_90d <> expected.active_day_count_90d
    or stored.returns_180d <> expected.returns_180d
    or stored.is_inactive <> expected.is_inactive
    or labels.spend_after <> coalesce(expected.spend_after, 0)
