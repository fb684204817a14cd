-- The lines that make net revenue up to the snapshot date, with their margin.

select
    lines._load_id,
    lines._file,
    lines._line,
    lines.line_class,
    classes.in_behaviour_models,
    lines.invoice_no,
    lines.product_code,
    lines.customer_id,
    lines.country,
    lines.invoice_date,
    lines.invoice_day,
    lines.quantity,
    lines.unit_price,
    lines.amount as total_amount,
    cast(lines.amount * {{ business_constant('gross_margin') }} as decimal(18, 4)) as total_margin
from {{ ref('stg_transaction_logs') }} as lines
inner join {{ ref('line_classes') }} as classes
    on lines.line_class = classes.line_class
where
    classes.in_net_revenue
    -- A log replayed as of an earlier day must not know what came after.
    and lines.invoice_day < (select snapshot_date from {{ ref('int_snapshot') }})
