-- What became of messages, by the month in which they were sent, campaign and channel. Held-out customers got no message:
-- they count in no rate of messages and are what conversion is compared with. A few rows a month, made anew each time.

{%- set rates = [
    ('delivery_rate', 'delivered_count', 'sent_count'),
    ('open_rate', 'opened_count', 'delivered_count'),
    ('click_rate', 'clicked_count', 'delivered_count'),
    ('click_to_open_rate', 'clicked_count', 'opened_count'),
    ('unsubscribe_rate', 'unsubscribed_count', 'delivered_count'),
    ('conversion_rate', 'converted_count', 'known_count'),
    ('holdout_conversion_rate', 'holdout_converted_count', 'holdout_known_count'),
] %}

with counted as (
    select
        cast({{ dbt.date_trunc('month', 'sent_day') }} as date) as month_start,
        coalesce(campaign_id, 'none') as campaign_id,
        channel,
        max(campaign_name) as campaign_name,
        sum(case when is_sent then 1 else 0 end) as sent_count,
        sum(case when is_delivered then 1 else 0 end) as delivered_count,
        sum(case when is_opened then 1 else 0 end) as opened_count,
        sum(case when is_clicked then 1 else 0 end) as clicked_count,
        sum(case when is_unsubscribed then 1 else 0 end) as unsubscribed_count,
        sum(case when is_sent and is_conversion_known then 1 else 0 end) as known_count,
        sum(case when is_sent and is_conversion_known and is_converted then 1 else 0 end) as converted_count,
        sum(case when is_holdout then 1 else 0 end) as holdout_count,
        sum(case when is_holdout and is_conversion_known then 1 else 0 end) as holdout_known_count,
        sum(case when is_holdout and is_conversion_known and is_converted then 1 else 0 end) as holdout_converted_count,
        sum(case when is_sent then cost else 0 end) as cost
    from {{ ref('communication_logs') }}
    group by
        cast({{ dbt.date_trunc('month', 'sent_day') }} as date),
        coalesce(campaign_id, 'none'),
        channel
)

select
    month_start,
    campaign_id,
    channel,
    campaign_name,
    cast(sent_count as bigint) as sent_count,
    cast(delivered_count as bigint) as delivered_count,
    cast(opened_count as bigint) as opened_count,
    cast(clicked_count as bigint) as clicked_count,
    cast(unsubscribed_count as bigint) as unsubscribed_count,
    cast(known_count as bigint) as known_count,
    cast(converted_count as bigint) as converted_count,
    cast(holdout_count as bigint) as holdout_count,
    cast(holdout_known_count as bigint) as holdout_known_count,
    cast(holdout_converted_count as bigint) as holdout_converted_count,
    {%- for name, successes, n in rates %}
    {{ share_of(successes, n) }} as {{ name }},
    {{ wilson_low(successes, n) }} as {{ name }}_low,
    {{ wilson_high(successes, n) }} as {{ name }}_high,
    {%- endfor %}
    {%- set groups = ['converted_count', 'known_count', 'holdout_converted_count', 'holdout_known_count'] %}
    {{ share_of('converted_count', 'known_count') }}
    - {{ share_of('holdout_converted_count', 'holdout_known_count') }} as conversion_lift,
    {{ share_difference_low(*groups) }} as conversion_lift_low,
    {{ share_difference_high(*groups) }} as conversion_lift_high,
    cast(cost as decimal(18, 4)) as cost
from counted
