-- What the log before the snapshot date loses on the way to the sale lines, class by class in the order of the rules.
-- A class without lines keeps its row, so that a missing class is seen as such.

with counted as (
    select
        line_class,
        count(*) as line_count,
        cast(sum(quantity) as bigint) as quantity,
        cast(sum(amount) as decimal(18, 2)) as amount,
        count(distinct customer_id) as customer_count
    from {{ ref('stg_transaction_logs') }}
    where {{ before_snapshot('invoice_day') }}
    group by line_class
),

steps as (
    select
        classes.line_class,
        classes.rule_order,
        classes.description,
        classes.in_net_revenue,
        classes.in_behaviour_models,
        coalesce(counted.line_count, 0) as line_count,
        coalesce(counted.quantity, 0) as quantity,
        coalesce(counted.amount, cast(0 as decimal(18, 2))) as amount,
        coalesce(counted.customer_count, 0) as customer_count
    from {{ ref('line_classes') }} as classes
    left join counted
        on classes.line_class = counted.line_class
)

select
    line_class,
    line_count,
    amount,
    quantity,
    customer_count,
    rule_order,
    cast(line_count as double) / nullif(sum(line_count) over (), 0) as line_share,
    cast(sum(line_count) over () - sum(line_count) over (order by rule_order) as bigint) as lines_left,
    cast(sum(amount) over () - sum(amount) over (order by rule_order) as decimal(18, 2)) as amount_left,
    in_net_revenue,
    in_behaviour_models,
    description
from steps
