-- Sales and buyers by day and one attribute of the customer at a time, so that a figure of a segment reads some thousand
-- rows whatever the number of lines; the attribute '' has the whole. Attributes are those of the snapshot date, which is why all days are made anew. Lines
-- without a customer have the value NULL in each.

{%- set sums = [
    'order_count', 'unit_count', 'sold_line_count', 'return_line_count', 'sold_amount', 'return_amount', 'net_revenue', 'net_margin',
] %}

with customer_days as (
    select
        customer_id,
        activity_date as transaction_day,
        order_count,
        unit_count,
        sale_line_count as sold_line_count,
        return_line_count,
        gross_revenue as sold_amount,
        returns_amount as return_amount,
        net_revenue,
        net_margin,
        case when sale_line_count > 0 then 1 else 0 end as customer_count
    from {{ ref('mart_customer_daily') }}
),

-- Customers who share all attributes are one profile: days are added up by its number first, so that the lines are gone
-- through once and not once an attribute.
profiles as (
    select
        row_number() over (order by {{ metric_attributes() | join(', ') }}) as profile_id,
        {{ metric_attributes() | join(',\n        ') }}
    from (
        select distinct {{ metric_attributes() | join(', ') }}
        from {{ ref('metric_customers') }}
    ) as attributes
),

members as (
    select
        customers.customer_id,
        profiles.profile_id
    from {{ ref('metric_customers') }} as customers
    inner join profiles
        on
            {%- for name in metric_attributes() %}
            {{ 'and ' if not loop.first }}customers.{{ name }} is not distinct from profiles.{{ name }}
            {%- endfor %}
),

profile_days as (
    select
        members.profile_id,
        customer_days.transaction_day,
        {%- for name in sums + ['customer_count'] %}
        sum(customer_days.{{ name }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from customer_days
    left join members
        on customer_days.customer_id = members.customer_id
    group by
        members.profile_id,
        customer_days.transaction_day
),

guests as (
    select
        transaction_day,
        {%- for name in sums %}
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
        {%- for sum in sums + ['customer_count'] %}
        sum({{ sum }}) as {{ sum }}{{ ',' if not loop.last }}
        {%- endfor %}
    from profile_days
    group by transaction_day

    union all

    select
        '' as attribute_name,
        cast(null as {{ dbt.type_string() }}) as attribute_value,
        transaction_day,
        {{ (sums + ['customer_count']) | join(',\n        ') }}
    from guests

    union all
    {% for name in metric_attributes() %}
    select
        '{{ name }}' as attribute_name,
        profiles.{{ name }} as attribute_value,
        profile_days.transaction_day,
        {%- for sum in sums + ['customer_count'] %}
        sum(profile_days.{{ sum }}) as {{ sum }}{{ ',' if not loop.last }}
        {%- endfor %}
    from profile_days
    left join profiles
        on profile_days.profile_id = profiles.profile_id
    group by
        profiles.{{ name }},
        profile_days.transaction_day

    union all

    select
        '{{ name }}' as attribute_name,
        cast(null as {{ dbt.type_string() }}) as attribute_value,
        transaction_day,
        {{ (sums + ['customer_count']) | join(',\n        ') }}
    from guests
    {%- if not loop.last %}

    union all
    {% endif %}
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
