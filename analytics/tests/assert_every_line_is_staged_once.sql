-- Staging drops no line and makes no money: rows and amount equal the raw table's, but for the sign, which the class gives.

with raw as (
    select
        count(*) as line_count,
        sum(abs(cast(quantity * cast(unit_price as decimal(12, 2)) as decimal(18, 2)))) as amount
    from {{ source('bronze', 'transaction_logs') }}
),

staged as (
    select
        count(*) as line_count,
        sum(abs(amount)) as amount
    from {{ ref('stg_transaction_logs') }}
)

select
    raw.line_count as raw_line_count,
    staged.line_count as staged_line_count,
    raw.amount as raw_amount,
    staged.amount as staged_amount
from raw
cross join staged
where
    raw.line_count <> staged.line_count
    or raw.amount <> staged.amount
