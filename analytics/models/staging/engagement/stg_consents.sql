-- Decisions of customers on what their data may be used for, one row a decision.

with deliveries as (
    select
        trim(consent_id) as consent_id,
        trim(customer_id) as customer_id,
        lower(trim(purpose)) as purpose,
        -- Silence is no consent.
        coalesce(is_granted, false) as is_granted,
        cast(recorded_at as timestamp) as recorded_at,
        nullif(lower(trim(origin)), '') as origin,
        coalesce(_load_id, 0) as _load_id,
        coalesce(_file, '') as _file,
        coalesce(_line, 0) as _line
    from {{ source('bronze', 'consents') }}
    where
        trim(consent_id) <> ''
        and trim(customer_id) <> ''
        and trim(purpose) <> ''
        and recorded_at is not null
),

ranked as (
    select
        *,
        {{ newest_delivery(['consent_id']) }} as delivery_rank
    from deliveries
)

select
    consent_id,
    customer_id,
    purpose,
    is_granted,
    recorded_at,
    origin,
    _load_id,
    _file,
    _line
from ranked
where delivery_rank = 1
