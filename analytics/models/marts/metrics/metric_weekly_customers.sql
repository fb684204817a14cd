-- Distinct customers with a purchase by ISO week and one attribute at a time: weeks end inside months, so that the bits of
-- metric_monthly would be counted twice for most of them. The attribute '' has all customers.

with weeks as (
    select
        customer_id,
        cast({{ dbt.date_trunc('week', 'activity_date') }} as date) as week_start
    from {{ ref('mart_customer_daily') }}
    where sale_line_count > 0
    group by
        customer_id,
        cast({{ dbt.date_trunc('week', 'activity_date') }} as date)
),

described as (
    select
        {{ metric_attributes() | join(',\n        ') }},
        weeks.week_start
    from weeks
    left join {{ ref('metric_customers') }} as customers
        on weeks.customer_id = customers.customer_id
)

select
    '' as attribute_name,
    cast(null as {{ dbt.type_string() }}) as attribute_value,
    week_start,
    count(*) as customer_count
from described
group by week_start

{%- for name in metric_attributes() %}

union all

select
    '{{ name }}' as attribute_name,
    {{ name }} as attribute_value,
    week_start,
    count(*) as customer_count
from described
group by
    {{ name }},
    week_start
{%- endfor %}
