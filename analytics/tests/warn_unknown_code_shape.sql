-- Codes that look like no product (five digits first) and that no rule names. Each wants a
-- look: is it a product, or does it want a row in line_class_rules?

{{ config(severity='warn', warn_if='> 50', error_if='> 1000') }}

select
    lines.product_code,
    count(*) as line_count,
    sum(lines.amount) as amount
from {{ ref('stg_transaction_logs') }} as lines
left join {{ ref('line_class_rules') }} as rules
    on
        rules.match_on = 'stock_code'
        and lines.product_code = rules.pattern
where
    rules.pattern is null
    and lines.line_class in ('sale', 'guest')
    and not {{ starts_with_digits('lines.product_code', 5) }}
group by lines.product_code
