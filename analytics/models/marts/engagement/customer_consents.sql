-- What customers agree to, as a history: from each decision to the next on the same purpose. It is not cut at the snapshot
-- date, since a refusal holds from the moment in which it is known.

with decisions as (
    select
        *,
        -- Of two decisions at the same time the refusal holds.
        row_number() over (
            partition by customer_id, purpose, recorded_at
            order by case when is_granted then 1 else 0 end, consent_id
        ) as rival_number
    from {{ ref('stg_consents') }}
),

spans as (
    select
        *,
        lead(recorded_at) over (partition by customer_id, purpose order by recorded_at) as next_recorded_at
    from decisions
    where rival_number = 1
)

select
    consent_id,
    customer_id,
    purpose,
    is_granted,
    recorded_at as valid_from,
    coalesce(next_recorded_at, cast('9999-12-31' as timestamp)) as valid_to,
    next_recorded_at is null as is_current,
    origin,
    _load_id,
    _file,
    _line
from spans
