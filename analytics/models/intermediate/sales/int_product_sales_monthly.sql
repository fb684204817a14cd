-- What was sold of each product in each country and month, guests and returns included: made again for the months that
-- changed. It reads the table and not the view, whose joins it does not need.

-- depends_on: {{ ref('int_snapshot') }}

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_changed_periods('month_start', 'month') }}"
) }}

{%- set month = "cast(" ~ dbt.date_trunc('month', 'transaction_day') ~ " as date)" %}

select
    {{ month }} as month_start,
    country,
    product_id,
    count(*) as line_count,
    cast(sum(amount) as decimal(18, 2)) as net_revenue,
    {{ transactions_build() }} as _build_number,
    '{{ line_inputs() }}' as _inputs
from {{ ref('int_transactions') }}
where
    in_net_revenue
    and {{ before_snapshot('transaction_day') }}
    {%- if only_changed() %}
    and {{ in_changed_periods('transaction_day', 'month') | indent(4) }}
    {%- endif %}
group by
    {{ month }},
    country,
    product_id
