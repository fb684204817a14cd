-- Sales and buyers by day and one attribute of the customer at a time, so that a figure of a segment reads some
-- thousand rows whatever the number of lines; the attribute '' has the whole. Attributes are those of the snapshot
-- date, so that all days of a customer who came into another segment move with the customer: an incremental run takes
-- them from the one and adds them to the other, and makes the days with a changed line anew. Lines without a customer
-- have the value NULL in each.

-- depends_on: {{ ref('int_snapshot') }}
-- depends_on: {{ ref('int_transactions') }}

{{ config(
    materialized='incremental',
    incremental_strategy='replace_all',
    on_schema_change='fail'
) }}

{%- set part = only_changed() and built_in_step('_members_build', ref('metric_customer_changes')) %}
{%- set changed_days = in_changed_periods('transaction_day', 'day') if part else '1 = 1' %}
{%- set sums = {
    'order_count': 'order_count',
    'unit_count': 'unit_count',
    'sold_line_count': 'sale_line_count',
    'return_line_count': 'return_line_count',
    'sold_amount': 'gross_revenue',
    'return_amount': 'returns_amount',
    'net_revenue': 'net_revenue',
    'net_margin': 'net_margin',
    'customer_count': 'case when sale_line_count > 0 then 1 else 0 end',
} %}

{#- In brackets wherever it is read: the engine would store a query with a name that is read several times, all days of it. -#}
{%- set daily -%}
(
    select
        _customer_number,
        activity_date as transaction_day,
        {%- for name, column in sums.items() %}
        {{ column }} as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('mart_customer_daily') }}
) as daily
{%- endset %}

with
{#- Customers who share the attributes of a group are added up first, so that the days are gone through once a group and
    not once an attribute. -#}
{%- for group in metric_attribute_groups() %}
{%- set number = loop.index %}
members_{{ number }} as (
    select
        numbers.customer_number,
        signed.*,
        dense_rank() over (order by {{ prefixed(group, 'signed') }}) as combination
    from (
        select
            customer_id,
            1 as sign,
            true as is_of_changed_days,
            {{ group | join(',\n            ') }}
        from {{ ref('metric_customers') }}
        {%- if part %}
        {%- for sign, prefix in [(1, ''), (-1, 'replaced_')] %}
        union all
        select
            customer_id,
            {{ sign }} as sign,
            false as is_of_changed_days,
            {{ prefix }}{{ group | join(',\n            ' ~ prefix) }}
        from {{ ref('metric_customer_changes') }}
        where
            has_replaced
            and _build_number > {{ stored_max('_members_build') }}
            and (
                {%- for name in group %}
                {{ 'or ' if not loop.first }}{{ name }} is distinct from replaced_{{ name }}
                {%- endfor %}
            )
        {%- endfor %}
        {%- endif %}
    ) as signed
    inner join {{ ref('int_customer_numbers') }} as numbers
        on signed.customer_id = numbers.customer_id
),

combinations_{{ number }} as (
    select distinct
        combination,
        {{ group | join(',\n        ') }}
    from members_{{ number }}
),

days_{{ number }} as (
    select
        combination,
        transaction_day,
        {%- for name in sums %}
        sum(sign * {{ name }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from (
        {%- for negation in ['', 'not '] if part or not negation %}
        {{ 'union all' if negation }}
        select
            members.combination,
            members.sign,
            daily.*
        from {{ daily | indent(8) }}
        inner join members_{{ number }} as members
            on daily._customer_number = members.customer_number
        where
            {{ negation }}members.is_of_changed_days
            and {{ negation }}{{ changed_days }}
        {%- endfor %}
    ) as signed_days
    group by
        combination,
        transaction_day
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
    where
        customer_type = 'Guest'
        and {{ changed_days }}
    group by transaction_day
),

attributes as (
    {%- if part %}
    select
        attribute_name,
        attribute_value,
        transaction_day,
        {{ sums | join(',\n        ') }}
    from {{ this }}
    where not {{ changed_days }}

    union all

    {%- endif %}
    select
        '' as attribute_name,
        cast(null as {{ dbt.type_string() }}) as attribute_value,
        transaction_day,
        {{ sums | join(',\n        ') }}
    from days_1

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
    from days_{{ number }} as days
    inner join combinations_{{ number }} as combinations
        on days.combination = combinations.combination

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
    cast(sum(customer_count) as bigint) as customer_count,
    {{ transactions_build() }} as _build_number,
    {{ build_of(ref('metric_customer_changes')) }} as _members_build,
    '{{ line_inputs() }}' as _inputs
from attributes
group by
    attribute_name,
    attribute_value,
    transaction_day
having sum(sold_line_count) + sum(return_line_count) > 0
order by
    attribute_name,
    transaction_day
