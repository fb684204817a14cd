-- The attributes that figures are grouped by, of each customer, and what they were before the build that changed them.
-- All customers are compared at each build. Made anew it counts on from a number that no build before has had, so that
-- what is built from it is made anew too.

{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='customer_id',
    on_schema_change='fail',
    post_hook="delete from {{ this }} where customer_id not in (select customer_id from {{ ref('metric_customers') }})"
) }}

select
    customers.customer_id,
    {{ prefixed(metric_attributes(), 'customers') }},
    {%- for name in metric_attributes() %}
    {%- if is_incremental() %}
    stored.{{ name }} as replaced_{{ name }},
    {%- else %}
    cast(null as {{ dbt.type_string() }}) as replaced_{{ name }},
    {%- endif %}
    {%- endfor %}
    {{ 'stored.customer_id is not null' if is_incremental() else 'false' }} as has_replaced,
    {{ next_build() if is_incremental() else transactions_build() | int * 1000000 }} as _build_number
from {{ ref('metric_customers') }} as customers
{%- if is_incremental() %}
left join {{ this }} as stored
    on customers.customer_id = stored.customer_id
where
    stored.customer_id is null
    {%- for name in metric_attributes() %}
    or customers.{{ name }} is distinct from stored.{{ name }}
    {%- endfor %}
{%- endif %}
