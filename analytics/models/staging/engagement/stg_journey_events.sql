-- What customers do on the way to a purchase, one row an event. Visitors need not be known, so
-- an event may have no customer; without a time or a name it is left out.

{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='event_id',
    on_schema_change='fail',
    pre_hook="{{ delete_when_loads_gone() }}"
) }}

with deliveries as (
    select
        trim(event_id) as event_id,
        nullif(trim(customer_id), '') as customer_id,
        nullif(trim(session_id), '') as session_id,
        cast(event_at as timestamp) as event_at,
        lower(trim(event_name)) as event_name,
        coalesce(nullif(lower(trim(channel)), ''), 'unknown') as channel,
        coalesce(nullif(lower(trim(device)), ''), 'unknown') as device,
        nullif(trim(product_id), '') as product_id,
        nullif(trim(order_id), '') as order_id,
        coalesce(_load_id, 0) as _load_id,
        coalesce(_file, '') as _file,
        coalesce(_line, 0) as _line
    from {{ source('bronze', 'journey_events') }}
    where
        {{ is_fresh() }}
        and trim(event_id) <> ''
        and trim(event_name) <> ''
        and event_at is not null
),

ranked as (
    select
        *,
        {{ newest_delivery(['event_id']) }} as delivery_rank
    from deliveries
)

select
    event_id,
    customer_id,
    session_id,
    event_at,
    cast(event_at as date) as event_day,
    event_name,
    channel,
    device,
    product_id,
    order_id,
    _load_id,
    _file,
    _line,
    {{ next_build() }} as _build_number
from ranked
where delivery_rank = 1
