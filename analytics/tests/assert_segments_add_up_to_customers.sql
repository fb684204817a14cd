-- Each way of grouping customers covers every customer once.

{% set groupings = ['rfm_segmentation', 'cltv_profit_segmentation', 'churn_risk_group'] %}

with all_customers as (
    select count(*) as customer_count
    from {{ ref('int_customer_totals') }}
    where order_count > 0
),

grouped as (
    {%- for grouping in groupings %}
    select
        '{{ grouping }}' as grouping_name,
        sum(customer_count) as customer_count
    from (
        select
            {{ grouping }},
            count(*) as customer_count
        from {{ ref('obt_customer_kpis_and_segmentation') }}
        where {{ grouping }} is not null
        group by {{ grouping }}
    ) as groups
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select
    grouped.grouping_name,
    grouped.customer_count,
    all_customers.customer_count as expected_count
from grouped
cross join all_customers
where coalesce(grouped.customer_count, 0) <> all_customers.customer_count
