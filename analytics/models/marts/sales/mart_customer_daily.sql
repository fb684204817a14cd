-- What each customer did on each day with a purchase or a return, made again for the customers and days that changed.

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_changed_customer_periods('activity_date', 'day', numbered_line_inputs()) }}",
    post_hook="{{ refuse_old_parents() }}"
) }}

-- Many millions of groups are in memory at once, so that each holds as little as it can: counts take a third of what sums
-- take, and returns are what is left.
with days as (
    select
        customer_id,
        transaction_day as activity_date,
        count(*) as line_count,
        count(case when opens_order then 1 end) as order_count,
        count(case when opens_document then 1 end) as document_count,
        count(case when in_behaviour_models then 1 end) as sale_line_count,
        sum(case when in_behaviour_models then coalesce(quantity, 0) else 0 end) as unit_count,
        sum(case when in_behaviour_models then amount else 0 end) as gross_revenue,
        sum(amount) as net_revenue,
        sum(margin_amount) as net_margin
    from {{ ref('fct_transactions') }}
    where
        customer_id is not null
        and transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
        {%- if only_changed(numbered_line_inputs()) %}
        and {{ in_changed_customer_periods('customer_id', 'transaction_day', 'day') | indent(8) }}
        {%- endif %}
    group by
        customer_id,
        transaction_day
)

select
    days.customer_id,
    days.activity_date,
    days.order_count,
    days.document_count,
    days.sale_line_count,
    days.line_count - days.sale_line_count as return_line_count,
    cast(days.unit_count as bigint) as unit_count,
    cast(days.gross_revenue as decimal(18, 2)) as gross_revenue,
    cast(days.net_revenue - days.gross_revenue as decimal(18, 2)) as returns_amount,
    cast(days.net_revenue as decimal(18, 2)) as net_revenue,
    cast(days.net_margin as decimal(18, 4)) as net_margin,
    numbers.customer_number as _customer_number,
    {{ transactions_build() }} as _build_number,
    '{{ numbered_line_inputs() }}' as _inputs
from days
left join {{ ref('int_customer_numbers') }} as numbers
    on days.customer_id = numbers.customer_id
