-- On which days of each month each customer bought, as one number: bit 0 is the first of the month. With it the distinct
-- customers of any range of days are counted exactly from one row a customer and month.

-- depends_on: {{ ref('int_snapshot') }}

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_changed_periods('month_start', 'month', numbered_line_inputs()) }}"
) }}

{%- set month = "cast(" ~ dbt.date_trunc('month', 'activity_date') ~ " as date)" %}

with months as (
    select
        _customer_number,
        {{ month }} as month_start,
        cast(sum(power(2, extract(day from activity_date) - 1)) as bigint) as active_day_bits,
        count(*) as active_day_count
    from {{ ref('mart_customer_daily') }}
    where
        sale_line_count > 0
        {%- if only_changed(numbered_line_inputs()) %}
        and {{ in_changed_periods('activity_date', 'month') | indent(8) }}
        {%- endif %}
    group by
        _customer_number,
        {{ month }}
)

select
    numbers.customer_id,
    months.month_start,
    months.active_day_bits,
    months.active_day_count,
    months._customer_number,
    {{ transactions_build() }} as _build_number,
    '{{ numbered_line_inputs() }}' as _inputs
from months
inner join {{ ref('int_customer_numbers') }} as numbers
    on months._customer_number = numbers.customer_number
