-- Distinct customers with a purchase by ISO week and one attribute at a time: weeks end inside months, so that the bits of
-- metric_monthly would be counted twice for most of them. The attribute '' has all customers.

with calendar as (
    {{ calendar_days(ref('int_snapshot'), 'first_transaction_day', 'last_transaction_day') | indent(4) }}
),

-- The days of each week in each month, as bits of metric_customer_months. A week of two months has two pieces.
pieces as (
    select
        cast({{ dbt.date_trunc('week', 'calendar_day') }} as date) as week_start,
        cast({{ dbt.date_trunc('month', 'calendar_day') }} as date) as month_start,
        cast(sum(power(2, extract(day from calendar_day) - 1)) as bigint) as day_bits,
        count(*) over (partition by cast({{ dbt.date_trunc('week', 'calendar_day') }} as date)) > 1 as is_part
    from calendar
    group by
        cast({{ dbt.date_trunc('week', 'calendar_day') }} as date),
        cast({{ dbt.date_trunc('month', 'calendar_day') }} as date)
),

members as (
    select
        numbers.customer_number,
        {%- for group in metric_attribute_groups() %}
        dense_rank() over (order by {{ prefixed(group, 'customers') }}) as combination_{{ loop.index }},
        {%- endfor %}
        {{ prefixed(metric_attributes(), 'customers') }}
    from {{ ref('metric_customers') }} as customers
    inner join {{ ref('int_customer_numbers') }} as numbers
        on customers.customer_id = numbers.customer_id
),

months as (
    select
        bits._customer_number as customer_number,
        {%- for group in metric_attribute_groups() %}
        members.combination_{{ loop.index }},
        {%- endfor %}
        bits.month_start,
        bits.active_day_bits
    from {{ ref('metric_customer_months') }} as bits
    left join members
        on bits._customer_number = members.customer_number
),

weeks as (
    select
        {%- for group in metric_attribute_groups() %}
        months.combination_{{ loop.index }},
        {%- endfor %}
        pieces.week_start
    from months
    inner join pieces
        on months.month_start = pieces.month_start
    where
        not pieces.is_part
        and {{ bits_in_common('months.active_day_bits', 'pieces.day_bits') }} > 0

    union all

    select
        {%- for group in metric_attribute_groups() %}
        max(months.combination_{{ loop.index }}) as combination_{{ loop.index }},
        {%- endfor %}
        pieces.week_start
    from months
    inner join pieces
        on months.month_start = pieces.month_start
    where
        pieces.is_part
        and {{ bits_in_common('months.active_day_bits', 'pieces.day_bits') }} > 0
    group by
        months.customer_number,
        pieces.week_start
),

-- Customers who share the attributes of a group are counted first.
{%- for group in metric_attribute_groups() %}
{%- set number = loop.index %}
combinations_{{ number }} as (
    select distinct
        combination_{{ number }},
        {{ group | join(',\n        ') }}
    from members
),

counts_{{ number }} as (
    select
        combination_{{ number }},
        week_start,
        count(*) as customer_count
    from weeks
    group by
        combination_{{ number }},
        week_start
){{ ',' if not loop.last }}
{% endfor %}
select
    '' as attribute_name,
    cast(null as {{ dbt.type_string() }}) as attribute_value,
    week_start,
    cast(sum(customer_count) as bigint) as customer_count
from counts_1
group by week_start

{%- for group in metric_attribute_groups() %}
{%- set number = loop.index %}
{%- for name in group %}

union all

select
    '{{ name }}' as attribute_name,
    combinations.{{ name }} as attribute_value,
    counts.week_start,
    cast(sum(counts.customer_count) as bigint) as customer_count
from counts_{{ number }} as counts
left join combinations_{{ number }} as combinations
    on counts.combination_{{ number }} = combinations.combination_{{ number }}
group by
    combinations.{{ name }},
    counts.week_start
{%- endfor %}
{%- endfor %}
