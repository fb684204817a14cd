-- Customers as they are now, one row each, with their age on the snapshot date; where a past day is looked at, as they were
-- on the day before it, and without those who came later. Customers who are known from transactions only have an id and
-- nothing else.

{{ config(materialized='table') }}

select
    customers.customer_id,
    customers.customer_key,
    customers.is_inferred,
    customers.updated_at,
    {{ prefixed(customer_attributes(), 'customers') | replace(', ', ',\n    ') }},
    -- Full years: one less until the birthday has come.
    extract(year from snapshot.snapshot_date) - extract(year from customers.birth_date)
    - case
        when
            extract(month from snapshot.snapshot_date) * 100 + extract(day from snapshot.snapshot_date)
            < extract(month from customers.birth_date) * 100 + extract(day from customers.birth_date)
            then 1
        else 0
    end as age
from {{ ref('dim_customer') }} as customers
cross join {{ ref('int_snapshot') }} as snapshot
{%- if var('snapshot_date') is none %}
where customers.is_current
{%- else %}
left join {{ ref('int_customer_totals') }} as totals
    on customers.customer_id = totals.customer_id
where
    customers.valid_from < cast(snapshot.snapshot_date as {{ dbt.type_timestamp() }})
    and customers.valid_to >= cast(snapshot.snapshot_date as {{ dbt.type_timestamp() }})
    and (
        totals.customer_id is not null
        or (not customers.is_inferred and coalesce(customers.signed_up_at < snapshot.snapshot_date, true))
    )
{%- endif %}
