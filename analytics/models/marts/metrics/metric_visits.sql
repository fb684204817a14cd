-- Visits with the day on which they began. A view: visits are stored once.

{{ config(materialized='view') }}

select
    session_key,
    customer_id,
    session_started_at,
    cast(session_started_at as date) as session_day,
    session_ended_at,
    channel,
    device,
    event_count,
    reached_step
from {{ ref('int_journey_sessions') }}
