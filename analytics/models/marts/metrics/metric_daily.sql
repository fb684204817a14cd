-- Sales added up by day and by what a line says of itself: figures of the whole shop are read from here and not from the lines.
-- Made anew, as who is new can change for all days at once when older lines come in.

select
    transaction_day,
    channel,
    country,
    category_group,
    customer_type,
    {{ sales_sums() | indent(4) }}
from {{ ref('metric_sales') }}
where transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
group by
    transaction_day,
    channel,
    country,
    category_group,
    customer_type
