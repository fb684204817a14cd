-- Every delivered version of a customer, typed and cleaned. A version without a time of its own
-- holds from the load that brought it.

with typed as (
    select
        nullif(trim(customer_id), '') as customer_id,
        coalesce(updated_at, _loaded_at, cast('1900-01-01' as timestamp)) as updated_at,
        signed_up_at,
        nullif(trim(first_name), '') as first_name,
        nullif(trim(last_name), '') as last_name,
        lower(nullif(trim(email), '')) as email,
        nullif(trim(phone), '') as phone,
        -- Dates that nobody alive can have, as forms are filled in with, are no dates of birth.
        case
            when
                birth_date >= cast('1900-01-01' as date)
                and birth_date <= cast(coalesce(_loaded_at, updated_at, cast('9999-12-31' as timestamp)) as date)
                then birth_date
        end as birth_date,
        lower(nullif(trim(gender), '')) as gender,
        nullif(trim(city), '') as city,
        nullif(trim(region), '') as region,
        nullif(trim(country), '') as country,
        lower(nullif(trim(income_band), '')) as income_band,
        lower(nullif(trim(acquisition_channel), '')) as acquisition_channel,
        credit_limit,
        coalesce(lower(nullif(trim(account_status), '')), 'active') as account_status,
        coalesce(_load_id, 0) as _load_id,
        coalesce(_line, 0) as _line,
        coalesce(_file, '') as _file
    from {{ source('bronze', 'customers') }}
),

hashed as (
    select
        *,
        {{ surrogate_key(customer_attributes()) }} as content_hash
    from typed
    where customer_id is not null
),

-- The same version delivered twice is one.
numbered as (
    select
        *,
        row_number() over (
            partition by customer_id, updated_at, content_hash
            order by _load_id, _file, _line
        ) as delivery_number
    from hashed
)

select
    {{ surrogate_key(['customer_id', 'updated_at', 'content_hash']) }} as customer_version_key,
    customer_id,
    updated_at,
    {{ customer_attributes() | join(',\n    ') }},
    content_hash,
    _load_id,
    _file,
    _line
from numbered
where delivery_number = 1
