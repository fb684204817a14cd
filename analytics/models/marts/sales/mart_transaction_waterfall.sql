-- What became of the delivered transactions of each source: rows that came again, then the classes in the
-- order of the rules. Classes without rows keep a row, so that a missing class is seen as such.

with sources as (
    select
        'transactions' as source_system,
        count(*) as delivered_count
    from {{ source('bronze', 'transactions') }}

    union all

    select
        'transaction_logs' as source_system,
        count(*) as delivered_count
    from {{ source('bronze', 'transaction_logs') }}
),

kept as (
    select
        source_system,
        transaction_class,
        line_count as row_count,
        amount
    from {{ ref('int_transaction_classes') }}
),

kept_counts as (
    select
        source_system,
        sum(row_count) as row_count
    from kept
    group by source_system
),

steps as (
    select
        sources.source_system,
        classes.line_class as transaction_class,
        classes.rule_order + 1 as step_order,
        classes.in_net_revenue,
        classes.description,
        case
            when classes.line_class = 'duplicate' then sources.delivered_count - coalesce(kept_counts.row_count, 0)
            else coalesce(kept.row_count, 0)
        end as row_count,
        -- What a delivery that does not count said is not money of the shop.
        coalesce(kept.amount, 0) as amount
    from sources
    cross join {{ ref('line_classes') }} as classes
    left join kept
        on
            sources.source_system = kept.source_system
            and classes.line_class = kept.transaction_class
    left join kept_counts
        on sources.source_system = kept_counts.source_system
)

select
    source_system,
    transaction_class,
    cast(step_order as integer) as step_order,
    cast(row_count as bigint) as row_count,
    cast(row_count as double) / nullif(sum(row_count) over (partition by source_system), 0) as row_share,
    cast(amount as decimal(18, 2)) as amount,
    in_net_revenue,
    description
from steps
