-- Sales added up by day and by what a line says of itself: figures of the whole shop are read from here and not from the lines.
-- Made again for the days that changed, and those on which a customer became, or is no longer, a new one.

-- depends_on: {{ ref('int_customer_starts') }}
-- depends_on: {{ ref('mart_customer_daily') }}

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_changed_metric_days() }}"
) }}

select
    transaction_day,
    channel,
    country,
    category_group,
    customer_type,
    {{ sales_sums() | indent(4) }},
    {{ transactions_build() }} as _build_number,
    '{{ line_inputs() }}' as _inputs
from {{ ref('metric_sales') }}
where
    transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
    {%- if only_changed() %}
    and {{ in_periods('transaction_day', changed_metric_days()) }}
    {%- endif %}
group by
    transaction_day,
    channel,
    country,
    category_group,
    customer_type
