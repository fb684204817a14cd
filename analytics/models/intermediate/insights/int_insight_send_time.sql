-- The hour of the week with the highest open rate, by channel, against the rate of the channel. The interval is for all
-- 168 hours at once, since the best is picked after looking. Hours were not drawn by lot, so it is an association.

with ranked as (
    select
        *,
        {{ wilson_low('opened_count', 'delivered_count', z_of_many(168)) }} as ci_low,
        {{ wilson_high('opened_count', 'delivered_count', z_of_many(168)) }} as ci_high,
        row_number() over (
            partition by channel
            order by
                {{ wilson_low('opened_count', 'delivered_count', z_of_many(168)) }} desc,
                weekday,
                hour_of_day
        ) as hour_rank
    from {{ ref('mart_send_times') }}
    where
        delivered_count > 0
        and channel_open_rate > 0
)

select
    'send_time_' || channel as insight_key,
    'Best sending time: ' || channel as title,
    'open rate of the best hour of the week' as statistic,
    open_rate as value,
    ci_low,
    ci_high,
    delivered_count as n,
    channel_open_rate as comparison_value,
    case when open_verdict = 'better' then '' else 'No hour is told apart; the highest is ' end
    || case weekday
        when 1 then 'Monday'
        when 2 then 'Tuesday'
        when 3 then 'Wednesday'
        when 4 then 'Thursday'
        when 5 then 'Friday'
        when 6 then 'Saturday'
        else 'Sunday'
    end
    || ' ' || cast(hour_of_day as {{ dbt.type_string() }}) || ':00 UTC: ' || {{ percent_text('open_rate') }}
    || ', all hours: ' || {{ percent_text('channel_open_rate') }} as finding
from ranked
where hour_rank = 1
