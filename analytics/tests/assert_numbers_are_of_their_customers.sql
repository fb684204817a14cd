-- What is joined by the number of a customer is joined right only if each row has the number that its customer has.

{% set numbered = ['mart_customer_daily', 'int_customer_monthly', 'metric_customer_months', 'int_customer_products'] %}
{%- for name in numbered %}
select distinct
    '{{ name }}' as relation_name,
    stored.customer_id,
    stored._customer_number
from {{ ref(name) }} as stored
left join {{ ref('int_customer_numbers') }} as numbers
    on stored.customer_id = numbers.customer_id
where
    numbers.customer_number is null
    or stored._customer_number is distinct from numbers.customer_number
{%- if not loop.last %}

union all

{% endif %}
{%- endfor %}
