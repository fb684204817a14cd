-- Open and click rates by weekday and hour of sending (UTC) and channel, every hour of the week included. An hour counts as
-- better or worse than its channel only when the interval leaves out the channel's rate with 95 % for all 168 hours
-- at once: at 95 % for each, eight would stand out by chance.

{%- set hours_of_week = z_of_many(168) %}

with messages as (
    select
        channel,
        {{ iso_weekday('sent_day') }} as weekday,
        cast(extract(hour from sent_at) as integer) as hour_of_day,
        case when is_opened then 1 else 0 end as opened,
        case when is_clicked then 1 else 0 end as clicked
    from {{ ref('communication_logs') }}
    where is_delivered
),

counted as (
    select
        channel,
        weekday,
        hour_of_day,
        count(*) as delivered_count,
        sum(opened) as opened_count,
        sum(clicked) as clicked_count
    from messages
    group by
        channel,
        weekday,
        hour_of_day
),

channels as (
    select
        channel,
        cast(sum(delivered_count) as bigint) as channel_delivered_count,
        {{ share_of('sum(opened_count)', 'sum(delivered_count)') }} as channel_open_rate,
        {{ share_of('sum(clicked_count)', 'sum(delivered_count)') }} as channel_click_rate
    from counted
    group by channel
),

numbers as (
    {%- for number in range(24) %}
    select {{ number }} as number_value
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

grid as (
    select
        channels.channel,
        channels.channel_delivered_count,
        channels.channel_open_rate,
        channels.channel_click_rate,
        weekdays.number_value as weekday,
        hours.number_value as hour_of_day,
        coalesce(counted.delivered_count, 0) as delivered_count,
        cast(coalesce(counted.opened_count, 0) as bigint) as opened_count,
        cast(coalesce(counted.clicked_count, 0) as bigint) as clicked_count
    from channels
    inner join numbers as weekdays
        on weekdays.number_value between 1 and 7
    cross join numbers as hours
    left join counted
        on
            channels.channel = counted.channel
            and weekdays.number_value = counted.weekday
            and hours.number_value = counted.hour_of_day
)

select
    channel,
    weekday,
    hour_of_day,
    delivered_count,
    {%- for name in ['open', 'click'] %}
    {%- set successes = {'open': 'opened_count', 'click': 'clicked_count'}[name] %}
    {{ successes }},
    {{ share_of(successes, 'delivered_count') }} as {{ name }}_rate,
    {{ wilson_low(successes, 'delivered_count') }} as {{ name }}_rate_low,
    {{ wilson_high(successes, 'delivered_count') }} as {{ name }}_rate_high,
    channel_{{ name }}_rate,
    case
        when {{ wilson_low(successes, 'delivered_count', hours_of_week) }} > channel_{{ name }}_rate then 'better'
        when {{ wilson_high(successes, 'delivered_count', hours_of_week) }} < channel_{{ name }}_rate then 'worse'
        else 'not told apart'
    end as {{ name }}_verdict,
    {%- endfor %}
    channel_delivered_count
from grid
