-- A priced sale to a customer of a product, that is of a code and a description which no
-- exact rule names, is class sale. The words of catalogue names must not change that.

select
    lines.invoice_no,
    lines.stock_code,
    lines.description,
    lines.line_class
from {{ ref('stg_transaction_logs') }} as lines
where
    lines.customer_id is not null
    and lines.quantity > 0
    and lines.unit_price > 0
    and not lines.unmapped_region
    and lines.line_class not in ('sale', 'duplicate')
    and not exists (
        select 1
        from {{ ref('line_class_rules') }} as rules
        where
            (rules.match_on = 'stock_code' and lines.product_code = rules.pattern)
            or (
                rules.match_on = 'invoice_prefix'
                and upper(substr(lines.invoice_no, 1, 1)) = rules.pattern
            )
            or (
                rules.match_on = 'description'
                and {{ words_of('lines.description') }} = coalesce(rules.pattern, '')
            )
    )
