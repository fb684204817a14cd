-- The formulas that such dashboards usually ship, over sale and return lines alike, kept to
-- compare with. A credit note counts as an order and as the latest activity here.

with totals as (
    select
        customer_id,
        first_document_day as first_day,
        last_document_day as last_day,
        document_count as frequency,
        sale_line_count + return_line_count as line_count,
        net_revenue as monetary
    from {{ ref('int_customer_totals') }}
),

dated as (
    select
        totals.*,
        {{ dbt.datediff('totals.last_day', 'snapshot.snapshot_date', 'day') }} as recency,
        {{ dbt.datediff('totals.first_day', 'snapshot.snapshot_date', 'day') }} as tenure
    from totals
    cross join {{ ref('int_snapshot') }} as snapshot
),

products as (
    select
        dated.*,
        {{ business_constant('gross_margin') }} as gross_margin,
        -- Multiplied in exact decimals; the one division comes last.
        cast(monetary * frequency * tenure as decimal(30, 2)) as revenue_product
    from dated
)

select
    customer_id,
    recency,
    tenure,
    frequency,
    line_count,
    monetary,
    cast(monetary / line_count as decimal(18, 4)) as average_line_value,
    cast(monetary / frequency as decimal(18, 4)) as average_order_value,
    cast({{ exact_product('monetary', 'gross_margin', 2, 6) }} as decimal(18, 4)) as historic_margin,
    cast(revenue_product / line_count as decimal(18, 4)) as cltv_classic_revenue,
    cast(revenue_product * gross_margin / line_count as decimal(18, 4)) as cltv_classic_profit
from products
