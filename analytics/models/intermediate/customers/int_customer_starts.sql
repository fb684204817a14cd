-- On which day each customer first bought, and on which day that was thought to be before a late or corrected line moved it:
-- all lines between the two days change from one of a new customer to one of a returning one, or back. All customers
-- are compared at each build, whichever builds of the lines it has seen.

{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='customer_id',
    on_schema_change='fail',
    post_hook="delete from {{ this }} where customer_id not in (select customer_id from {{ ref('int_customer_totals') }})"
) }}

select
    totals.customer_id,
    totals.first_order_day,
    {% if is_incremental() -%}
    stored.first_order_day as replaced_first_order_day,
    {%- else -%}
    cast(null as date) as replaced_first_order_day,
    {%- endif %}
    {{ transactions_build() }} as _build_number
from {{ ref('int_customer_totals') }} as totals
{%- if is_incremental() %}
left join {{ this }} as stored
    on totals.customer_id = stored.customer_id
where
    stored.customer_id is null
    or totals.first_order_day is distinct from stored.first_order_day
{%- endif %}
