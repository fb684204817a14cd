-- Each customer's months, those of which a transaction changed made again: what all customer figures are added up from,
-- so that the lines themselves are read once.

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_changed_customer_periods('month_start', 'month', numbered_line_inputs()) }}",
    post_hook="{{ refuse_old_parents(days=ref('mart_customer_daily')) }}"
) }}

{%- set part = only_changed(numbered_line_inputs()) %}

-- What days tell is added up from days: thirty sums over all lines at once would take many times the memory.
with days as (
    select
        _customer_number,
        cast({{ dbt.date_trunc('month', 'activity_date') }} as date) as month_start,
        sum(order_count) as order_count,
        sum(document_count) as document_count,
        sum(sale_line_count) as sale_line_count,
        sum(return_line_count) as return_line_count,
        count(case when sale_line_count > 0 then 1 end) as active_day_count,
        min(activity_date) as first_document_day,
        max(activity_date) as last_document_day,
        min(case when sale_line_count > 0 then activity_date end) as first_order_day,
        max(case when sale_line_count > 0 then activity_date end) as last_order_day,
        max(case when order_count > 0 then activity_date end) as last_opened_day,
        sum(unit_count) as unit_count,
        sum(gross_revenue) as gross_revenue,
        sum(returns_amount) as returns_amount,
        sum(net_revenue) as net_revenue,
        sum(net_margin) as net_margin,
        sum(case when extract(dow from activity_date) in (0, 6) then order_count else 0 end) as weekend_order_count
    from {{ ref('mart_customer_daily') }}
    {%- if part %}
    where {{ in_changed_periods('activity_date', 'month') | indent(4) }}
    {%- endif %}
    group by
        _customer_number,
        cast({{ dbt.date_trunc('month', 'activity_date') }} as date)
),

lines as (
    select
        customer_id,
        cast({{ dbt.date_trunc('month', 'transaction_day') }} as date) as month_start,
        max(case when opens_order then transaction_at end) as last_opened_at,
        sum(case when in_behaviour_models then discount_amount else 0 end) as discount_amount,
        count(case when in_behaviour_models and is_discounted then 1 end) as discounted_line_count,
        max(case when in_behaviour_models then amount end) as largest_line_amount,
        max(case when in_behaviour_models then order_amount end) as largest_order_amount,
        sum(case when in_behaviour_models and category_group = 'travel' then amount else 0 end) as travel_amount,
        sum(case when in_behaviour_models and category_group = 'necessity' then amount else 0 end) as necessity_amount,
        sum(case when in_behaviour_models and category_group = 'discretionary' then amount else 0 end)
            as discretionary_amount,
        sum(case when in_behaviour_models and is_sustainable is not null then amount else 0 end) as known_product_amount,
        sum(case when in_behaviour_models and is_sustainable then amount else 0 end) as sustainable_amount,
        count(case when opens_order and extract(hour from transaction_at) < 12 then 1 end) as morning_order_count
    from {{ ref('fct_transactions') }}
    where
        customer_id is not null
        and transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
        {%- if part %}
        and {{ in_changed_customer_periods('customer_id', 'transaction_day', 'month') | indent(8) }}
        {%- endif %}
    group by
        customer_id,
        cast({{ dbt.date_trunc('month', 'transaction_day') }} as date)
),

-- The last order of the month. Of two at the same moment the one with the greater number is the last.
last_orders as (
    select
        customer_id,
        month_start,
        order_amount,
        country
    from (
        select
            sales.customer_id,
            lines.month_start,
            sales.order_amount,
            sales.country,
            row_number() over (
                partition by sales.customer_id, lines.month_start
                order by coalesce(sales.order_id, sales.transaction_id) desc
            ) as newest_first
        from {{ ref('fct_transactions') }} as sales
        inner join lines
            on
                {{ after_days('sales.customer_id') if part else 'sales.customer_id' }} = lines.customer_id
                and sales.transaction_at = lines.last_opened_at
        where
            sales.opens_order
            {%- if part %}
            and {{ in_changed_periods('sales.transaction_day', 'month') | indent(12) }}
            {%- endif %}
    ) as numbered
    where newest_first = 1
)

select
    lines.customer_id,
    lines.month_start,
    cast(days.order_count as bigint) as order_count,
    cast(days.document_count as bigint) as document_count,
    cast(days.sale_line_count as bigint) as sale_line_count,
    cast(days.return_line_count as bigint) as return_line_count,
    days.active_day_count,
    days.first_document_day,
    days.last_document_day,
    days.first_order_day,
    days.last_order_day,
    days.last_opened_day,
    lines.last_opened_at,
    cast(days.unit_count as bigint) as unit_count,
    cast(days.gross_revenue as decimal(18, 2)) as gross_revenue,
    cast(days.returns_amount as decimal(18, 2)) as returns_amount,
    cast(days.net_revenue as decimal(18, 2)) as net_revenue,
    cast(days.net_margin as decimal(18, 4)) as net_margin,
    cast(coalesce(lines.discount_amount, 0) as decimal(18, 2)) as discount_amount,
    lines.discounted_line_count,
    lines.largest_line_amount,
    lines.largest_order_amount,
    last_orders.order_amount as last_order_amount,
    last_orders.country as last_order_country,
    cast(lines.travel_amount as decimal(18, 2)) as travel_amount,
    cast(lines.necessity_amount as decimal(18, 2)) as necessity_amount,
    cast(lines.discretionary_amount as decimal(18, 2)) as discretionary_amount,
    cast(lines.known_product_amount as decimal(18, 2)) as known_product_amount,
    cast(lines.sustainable_amount as decimal(18, 2)) as sustainable_amount,
    lines.morning_order_count,
    cast(days.weekend_order_count as bigint) as weekend_order_count,
    numbers.customer_number as _customer_number,
    {{ transactions_build() }} as _build_number,
    '{{ numbered_line_inputs() }}' as _inputs
from lines
left join {{ ref('int_customer_numbers') }} as numbers
    on lines.customer_id = numbers.customer_id
left join days
    on
        numbers.customer_number = days._customer_number
        and lines.month_start = days.month_start
left join last_orders
    on
        lines.customer_id = last_orders.customer_id
        and lines.month_start = last_orders.month_start
