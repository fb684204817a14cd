-- Reasons inside the classes, of lines before the snapshot date: zero-price lines by keyword group, negative lines by
-- kind, and dropped countries by the mapping's reason.

with reasons as (
    select
        line_class,
        line_reason,
        quantity,
        amount
    from {{ ref('int_line_reasons') }}

    union all

    select
        line_class,
        drop_reason as line_reason,
        quantity,
        amount
    from {{ ref('stg_transaction_logs') }}
    where
        line_class = 'unmapped_region'
        and {{ before_snapshot('invoice_day') }}
)

select
    {{ surrogate_key(['line_class', 'line_reason']) }} as loss_reason_key,
    line_class,
    line_reason,
    count(*) as line_count,
    cast(sum(quantity) as bigint) as quantity,
    cast(sum(amount) as decimal(18, 2)) as amount
from reasons
group by
    line_class,
    line_reason
