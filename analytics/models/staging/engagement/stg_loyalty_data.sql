-- The loyalty ledger, one row an entry. It is append-only, so a later delivery of an entry is the
-- same entry again. A row that says neither who nor when is left out.

with deliveries as (
    select
        trim(entry_id) as entry_id,
        trim(customer_id) as customer_id,
        cast(entry_at as timestamp) as entry_at,
        coalesce(nullif(lower(trim(entry_type)), ''), 'adjust') as entry_type,
        cast(coalesce(points, 0) as bigint) as points,
        nullif(trim(transaction_id), '') as transaction_id,
        _load_id,
        _file,
        _line
    from {{ source('bronze', 'loyalty_ledger') }}
    where
        trim(entry_id) <> ''
        and trim(customer_id) <> ''
        and entry_at is not null
),

ranked as (
    select
        *,
        {{ newest_delivery(['entry_id']) }} as delivery_rank
    from deliveries
)

select
    entry_id,
    customer_id,
    entry_at,
    cast(entry_at as date) as entry_day,
    entry_type,
    points,
    transaction_id,
    _load_id,
    _file,
    _line
from ranked
where delivery_rank = 1
