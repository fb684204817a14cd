-- A number for each customer whom a transaction names: joins and groups of many rows by texts cost twice to seven times
-- as much. A number stays with its customer. When the table is made anew the numbers may be others: _numbering tells,
-- and what was stored with another numbering is made anew too.

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail'
) }}

{%- set last_number = [stored_max('customer_number') | int, 0] | max if is_incremental() else 0 %}
{%- set numbering = customer_numbering(this) if is_incremental() else '' %}

select
    customer_id,
    cast({{ last_number }} + row_number() over (order by customer_id) as integer) as customer_number,
    '{{ numbering or run_started_at }}' as _numbering
from {{ ref('int_transaction_customers') }}
{%- if is_incremental() %}
where customer_id not in (select customer_id from {{ this }})
{%- endif %}
