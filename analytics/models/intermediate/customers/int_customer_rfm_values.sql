-- Recency, frequency, monetary value and tenure of each customer with at least one sale line.

with purchases as (
    select
        customer_id,
        first_order_day,
        last_order_day,
        order_count as frequency,
        gross_revenue
    from {{ ref('int_customer_totals') }}
    where order_count > 0
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
