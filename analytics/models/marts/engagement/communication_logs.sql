-- Messages, and customers held out of campaigns, with what became of them up to the snapshot date.

with snapshot as (
    select snapshot_date
    from {{ ref('int_snapshot') }}
),

-- Nothing that happened on the snapshot date or later is known yet.
messages as (
    select
        messages.communication_id,
        messages.customer_id,
        messages.campaign_id,
        messages.campaign_name,
        messages.assignment,
        messages.is_holdout,
        messages.channel,
        messages.sent_at,
        messages.sent_day,
        {%- for name in ['delivered', 'opened', 'clicked', 'unsubscribed'] %}
        case
            when not messages.is_holdout and cast(messages.{{ name }}_at as date) < snapshot.snapshot_date
                then messages.{{ name }}_at
        end as {{ name }}_at,
        {%- endfor %}
        cast({{ dbt.dateadd('day', var('communication_conversion_days'), 'messages.sent_day') }} as date)
        < snapshot.snapshot_date as is_conversion_known,
        messages.cost
    from {{ ref('stg_communications') }} as messages
    cross join snapshot
    where messages.sent_day < snapshot.snapshot_date
)

select
    messages.communication_id,
    messages.customer_id,
    messages.campaign_id,
    messages.campaign_name,
    messages.assignment,
    messages.is_holdout,
    messages.channel,
    messages.sent_at,
    messages.sent_day,
    messages.delivered_at,
    messages.opened_at,
    messages.clicked_at,
    messages.unsubscribed_at,
    conversions.converted_at,
    not messages.is_holdout as is_sent,
    -- Who opened or followed a message got it, whatever the mail system said; and a link can be followed while the
    -- image that tells of the opening is blocked.
    coalesce(messages.delivered_at, messages.opened_at, messages.clicked_at, messages.unsubscribed_at) is not null
        as is_delivered,
    coalesce(messages.opened_at, messages.clicked_at) is not null as is_opened,
    messages.clicked_at is not null as is_clicked,
    messages.unsubscribed_at is not null as is_unsubscribed,
    conversions.converted_at is not null as is_converted,
    messages.is_conversion_known,
    messages.cost
from messages
left join {{ ref('int_communication_conversions') }} as conversions
    on messages.communication_id = conversions.communication_id
