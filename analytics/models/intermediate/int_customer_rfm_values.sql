-- Recency, frequency, monetary value and tenure of each customer with at least one sale line.

with purchases as (
    select
        customer_id,
        min(order_day) as first_order_day,
        max(last_line_day) as last_order_day,
        count(*) as frequency,
        cast(sum(order_amount) as decimal(18, 2)) as gross_revenue
    from {{ ref('int_customer_orders') }}
    group by customer_id
)

select
    purchases.customer_id,
    snapshot.snapshot_date,
    purchases.first_order_day,
    purchases.last_order_day,
    {{ dbt.datediff('purchases.last_order_day', 'snapshot.snapshot_date', 'day') }} as recency,
    purchases.frequency,
    {% if var('monetary_includes_returns') -%}
    aov.net_revenue as monetary,
    {%- else -%}
    purchases.gross_revenue as monetary,
    {%- endif %}
    {{ dbt.datediff('purchases.first_order_day', 'snapshot.snapshot_date', 'day') }} as tenure
from purchases
inner join {{ ref('int_customer_aov') }} as aov
    on purchases.customer_id = aov.customer_id
cross join {{ ref('int_snapshot') }} as snapshot
