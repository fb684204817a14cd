-- Sales and buyers by day and one attribute of the customer at a time, so that a figure of a segment reads some thousand
-- rows whatever the number of lines; the attribute '' has the whole. Attributes are those of the snapshot date, which is why all days are made anew. Lines
-- without a customer have the value NULL in each.

{%- set sums = {
    'order_count': 'daily.order_count',
    'unit_count': 'daily.unit_count',
    'sold_line_count': 'daily.sale_line_count',
    'return_line_count': 'daily.return_line_count',
    'sold_amount': 'daily.gross_revenue',
    'return_amount': 'daily.returns_amount',
    'net_revenue': 'daily.net_revenue',
    'net_margin': 'daily.net_margin',
    'customer_count': 'case when daily.sale_line_count > 0 then 1 else 0 end',
} %}

with members as (
    select
        customer_id,
        {%- for group in metric_attribute_groups() %}
        dense_rank() over (order by {{ group | join(', ') }}) as combination_{{ loop.index }},
        {%- endfor %}
        {{ metric_attributes() | join(',\n        ') }}
    from {{ ref('metric_customers') }}
),

-- Customers who share the attributes of a group are added up first, so that the days are gone through once a group and
-- not once an attribute.
{%- for group in metric_attribute_groups() %}
{%- set number = loop.index %}
combinations_{{ number }} as (
    select distinct
        combination_{{ number }},
        {{ group | join(',\n        ') }}
    from members
),

combination_days_{{ number }} as (
    select
        members.combination_{{ number }},
        daily.activity_date as transaction_day,
        {%- for name, column in sums.items() %}
        sum({{ column }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('mart_customer_daily') }} as daily
    left join members
        on daily.customer_id = members.customer_id
    group by
        members.combination_{{ number }},
        daily.activity_date
),
{% endfor %}
guests as (
    select
        transaction_day,
        {%- for name in sums if name != 'customer_count' %}
        sum({{ name }}) as {{ name }},
        {%- endfor %}
        0 as customer_count
    from {{ ref('metric_daily') }}
    where customer_type = 'Guest'
    group by transaction_day
),

attributes as (
    select
        '' as attribute_name,
        cast(null as {{ dbt.type_string() }}) as attribute_value,
        transaction_day,
        {{ sums | join(',\n        ') }}
    from combination_days_1

    union all

    select
        '' as attribute_name,
        cast(null as {{ dbt.type_string() }}) as attribute_value,
        transaction_day,
        {{ sums | join(',\n        ') }}
    from guests
    {%- for group in metric_attribute_groups() %}
    {%- set number = loop.index %}
    {%- for name in group %}

    union all

    select
        '{{ name }}' as attribute_name,
        combinations.{{ name }} as attribute_value,
        days.transaction_day,
        {{ prefixed(sums, 'days') }}
    from combination_days_{{ number }} as days
    left join combinations_{{ number }} as combinations
        on days.combination_{{ number }} = combinations.combination_{{ number }}

    union all

    select
        '{{ name }}' as attribute_name,
        cast(null as {{ dbt.type_string() }}) as attribute_value,
        transaction_day,
        {{ sums | join(',\n        ') }}
    from guests
    {%- endfor %}
    {%- endfor %}
)

select
    attribute_name,
    attribute_value,
    transaction_day,
    cast(sum(order_count) as bigint) as order_count,
    cast(sum(unit_count) as bigint) as unit_count,
    cast(sum(sold_line_count) as bigint) as sold_line_count,
    cast(sum(return_line_count) as bigint) as return_line_count,
    cast(sum(sold_amount) as decimal(18, 2)) as sold_amount,
    cast(sum(return_amount) as decimal(18, 2)) as return_amount,
    cast(sum(net_revenue) as decimal(18, 2)) as net_revenue,
    cast(sum(net_margin) as decimal(18, 4)) as net_margin,
    cast(sum(customer_count) as bigint) as customer_count
from attributes
group by
    attribute_name,
    attribute_value,
    transaction_day
order by
    attribute_name,
    transaction_day
