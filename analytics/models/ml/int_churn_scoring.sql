-- The same features of each active customer on the snapshot date.

-- depends_on: {{ ref('int_customer_monthly') }}
-- depends_on: {{ ref('int_customer_rfm_values') }}
-- depends_on: {{ ref('dim_customer') }}

{% set before -%}
-- A period may stand in two rows, where 365 days end inside it.
select
    periods.customer_id,
    snapshot.snapshot_date as cutoff_date,
    periods.period_index as periods_back,
    sum(periods.order_count) as order_count,
    sum(periods.active_day_count) as active_day_count,
    sum(periods.sale_line_count) as sale_line_count,
    sum(periods.unit_count) as unit_count,
    cast(sum(periods.gross_revenue) as decimal(18, 2)) as gross_revenue,
    sum(periods.returns_amount) as returns_amount,
    sum(periods.net_margin) as net_margin,
    max(periods.last_order_day) as last_order_day
from {{ ref('int_customer_periods') }} as periods
cross join {{ ref('int_snapshot') }} as snapshot
group by
    periods.customer_id,
    snapshot.snapshot_date,
    periods.period_index
{%- endset %}

{% set cutoffs = '(select snapshot_date as cutoff_date from ' ~ ref('int_snapshot') ~ ')' %}

{{ churn_feature_query(before, cutoffs, ['customer_id', 'cutoff_date', 'first_order_day', 'last_order_day'] + churn_features()) }}
