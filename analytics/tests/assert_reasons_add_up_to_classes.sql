-- Inside a class that has reasons, the reasons cover every line once.

with reasons as (
    select
        line_class,
        sum(line_count) as line_count,
        sum(amount) as amount
    from {{ ref('mart_loss_reasons') }}
    group by line_class
)

select
    waterfall.line_class,
    waterfall.line_count,
    reasons.line_count as reason_line_count,
    waterfall.amount,
    reasons.amount as reason_amount
from {{ ref('mart_loss_waterfall') }} as waterfall
left join reasons
    on waterfall.line_class = reasons.line_class
where
    waterfall.line_class in ('zero_value', 'return', 'unmapped_region')
    and (
        waterfall.line_count <> coalesce(reasons.line_count, 0)
        or waterfall.amount <> coalesce(reasons.amount, 0)
    )
