-- Customers as they were at any time (SCD 2): the versions that were delivered, and one open version for each customer who
-- is known from transactions only.

with inferred as (
    select
        {{ surrogate_id(['transactions.customer_id', "cast('1900-01-01' as timestamp)"]) }} as customer_key,
        transactions.customer_id
    from {{ ref('int_transaction_customers') }} as transactions
    left join {{ ref('int_customer_versions') }} as versions
        on transactions.customer_id = versions.customer_id
    where versions.customer_id is null
)

select
    customer_key,
    customer_id,
    valid_from,
    valid_to,
    is_current,
    false as is_inferred,
    updated_at,
    {{ customer_attributes() | join(',\n    ') }},
    _load_id
from {{ ref('int_customer_versions') }}

union all

select
    customer_key,
    customer_id,
    cast('1900-01-01' as timestamp) as valid_from,
    cast('9999-12-31' as timestamp) as valid_to,
    true as is_current,
    true as is_inferred,
    cast(null as timestamp) as updated_at,
    cast(null as timestamp) as signed_up_at,
    cast(null as {{ dbt.type_string() }}) as first_name,
    cast(null as {{ dbt.type_string() }}) as last_name,
    cast(null as {{ dbt.type_string() }}) as email,
    cast(null as {{ dbt.type_string() }}) as phone,
    cast(null as date) as birth_date,
    cast(null as {{ dbt.type_string() }}) as gender,
    cast(null as {{ dbt.type_string() }}) as city,
    cast(null as {{ dbt.type_string() }}) as region,
    cast(null as {{ dbt.type_string() }}) as country,
    cast(null as {{ dbt.type_string() }}) as income_band,
    cast(null as {{ dbt.type_string() }}) as acquisition_channel,
    cast(null as decimal(18, 2)) as credit_limit,
    cast(null as {{ dbt.type_string() }}) as account_status,
    cast(null as bigint) as _load_id
from inferred
