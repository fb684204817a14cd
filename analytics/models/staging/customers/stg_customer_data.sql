-- Customers as they are now, one row each, with their age on the snapshot date. Customers who are known from transactions
-- only have an id and nothing else.

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
where customers.is_current
