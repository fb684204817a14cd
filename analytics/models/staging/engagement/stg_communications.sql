-- Messages of campaigns, and customers held out of them, one row each in the newest state. A row
-- that says neither who nor when cannot be counted for anything and is left out.

{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='communication_id',
    on_schema_change='fail',
    pre_hook="{{ delete_when_loads_gone() }}"
) }}

with deliveries as (
    select
        trim(communication_id) as communication_id,
        trim(customer_id) as customer_id,
        nullif(trim(campaign_id), '') as campaign_id,
        nullif(trim(campaign_name), '') as campaign_name,
        case
            when lower(trim(assignment)) in ('holdout', 'hold-out', 'hold out', 'held out', 'control', 'control group')
                then 'holdout'
            else coalesce(nullif(lower(trim(assignment)), ''), 'treated')
        end as assignment,
        coalesce(nullif(lower(trim(channel)), ''), 'unknown') as channel,
        cast(sent_at as timestamp) as sent_at,
        cast(delivered_at as timestamp) as delivered_at,
        cast(opened_at as timestamp) as opened_at,
        cast(clicked_at as timestamp) as clicked_at,
        cast(unsubscribed_at as timestamp) as unsubscribed_at,
        cast(coalesce(cost, 0) as decimal(18, 4)) as cost,
        coalesce(_load_id, 0) as _load_id,
        coalesce(_file, '') as _file,
        coalesce(_line, 0) as _line
    from {{ source('bronze', 'communications') }}
    where
        {{ is_fresh() }}
        and trim(communication_id) <> ''
        and trim(customer_id) <> ''
        and sent_at is not null
),

ranked as (
    select
        *,
        {{ newest_delivery(['communication_id']) }} as delivery_rank
    from deliveries
)

select
    communication_id,
    customer_id,
    campaign_id,
    campaign_name,
    assignment,
    assignment = 'holdout' as is_holdout,
    channel,
    sent_at,
    cast(sent_at as date) as sent_day,
    delivered_at,
    opened_at,
    clicked_at,
    unsubscribed_at,
    -- What was held back was not sent.
    case when assignment = 'holdout' then cast(0 as decimal(18, 4)) else cost end as cost,
    _load_id,
    _file,
    _line,
    {{ next_build() }} as _build_number
from ranked
where delivery_rank = 1
