-- What each campaign of int_campaign_panel is made of, as a text: its messages, how many of their windows are over, and
-- the days in these windows. A campaign whose stored text is another is made anew.

{% set window_days = var('campaign_window_days') %}

with campaigns as (
    select
        messages.campaign_id,
        count(*) as message_count,
        sum(messages._build_number) as message_build_sum,
        sum(
            case
                when cast({{ dbt.dateadd('day', window_days, 'messages.sent_day') }} as date) <= snapshot.snapshot_date then 1
                else 0
            end
        ) as over_count,
        cast({{ dbt.dateadd('day', -window_days, 'min(messages.sent_day)') }} as date) as first_day,
        cast({{ dbt.dateadd('day', window_days, 'max(messages.sent_day)') }} as date) as end_day
    from {{ ref('stg_communications') }} as messages
    cross join {{ ref('int_snapshot') }} as snapshot
    where messages.campaign_id is not null
    group by messages.campaign_id
),

days as (
    select
        campaigns.campaign_id,
        sum(builds.row_count) as row_count,
        sum(builds.build_sum) as build_sum
    from campaigns
    inner join {{ ref('int_customer_day_builds') }} as builds
        on
            builds.activity_date >= campaigns.first_day
            and builds.activity_date < campaigns.end_day
    group by campaigns.campaign_id
)

select
    campaigns.campaign_id,
    {{ joined_text([
        'campaigns.campaign_id', 'campaigns.message_count', 'campaigns.message_build_sum', 'campaigns.over_count',
        'coalesce(days.row_count, 0)', 'coalesce(days.build_sum, 0)', "'" ~ line_inputs() ~ "'", window_days,
    ]) }} as campaign_inputs
from campaigns
left join days
    on campaigns.campaign_id = days.campaign_id
