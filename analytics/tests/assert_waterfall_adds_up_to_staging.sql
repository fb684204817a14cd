-- The classes partition the log: their lines and their money add up to all of it before the snapshot date.

with waterfall as (
    select
        sum(line_count) as line_count,
        sum(amount) as amount
    from {{ ref('mart_loss_waterfall') }}
),

staged as (
    select
        count(*) as line_count,
        coalesce(sum(amount), 0) as amount
    from {{ ref('stg_transaction_logs') }}
    where {{ before_snapshot('invoice_day') }}
)

select
    waterfall.line_count as waterfall_line_count,
    staged.line_count as staged_line_count,
    waterfall.amount as waterfall_amount,
    staged.amount as staged_amount
from waterfall
cross join staged
where
    waterfall.line_count <> staged.line_count
    or waterfall.amount <> staged.amount
