-- The loyalty ledger, one row an entry. It is append-only, so a later delivery of an entry is the
-- same entry again. A row that says neither who nor when is left out.

{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='entry_id',
    on_schema_change='fail',
    pre_hook="{{ delete_when_loads_gone() }}"
) }}

with deliveries as (
    select
        trim(entry_id) as entry_id,
        trim(customer_id) as customer_id,
        cast(entry_at as timestamp) as entry_at,
        coalesce(nullif(lower(trim(entry_type)), ''), 'adjust') as entry_type,
        cast(coalesce(points, 0) as bigint) as points,
        nullif(trim(transaction_id), '') as transaction_id,
        coalesce(_load_id, 0) as _load_id,
        coalesce(_file, '') as _file,
        coalesce(_line, 0) as _line
    from {{ source('bronze', 'loyalty_ledger') }}
    where
        {{ is_fresh() }}
        and trim(entry_id) <> ''
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
    _line,
    {{ next_build() }} as _build_number
from ranked
where delivery_rank = 1
