-- The versions of each customer in the order of time, with the span in which each holds. Versions that change nothing
-- are left out; of two with the same time the greater content hash holds, whichever came first.

with versions as (
    select
        *,
        row_number() over (
            partition by customer_id, updated_at
            order by content_hash desc
        ) as rival_number
    from {{ ref('customer_history') }}
),

compared as (
    select
        *,
        lag(content_hash) over (partition by customer_id order by updated_at) as previous_hash
    from versions
    where rival_number = 1
),

ordered as (
    select
        *,
        lag(updated_at) over (partition by customer_id order by updated_at) as previous_updated_at,
        lead(updated_at) over (partition by customer_id order by updated_at) as next_updated_at
    from compared
    where previous_hash is null or content_hash <> previous_hash
),

-- What was bought before the first known version belongs to that version.
spans as (
    select
        *,
        case
            when previous_updated_at is null then cast('1900-01-01' as timestamp)
            else updated_at
        end as valid_from,
        coalesce(next_updated_at, cast('9999-12-31' as timestamp)) as valid_to,
        next_updated_at is null as is_current
    from ordered
)

select
    {{ surrogate_id(['customer_id', 'valid_from']) }} as customer_key,
    customer_id,
    valid_from,
    valid_to,
    is_current,
    updated_at,
    {{ customer_attributes() | join(',\n    ') }},
    _load_id
from spans
