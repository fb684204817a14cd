-- Support by month, on a calendar without gaps. Times of answers go by the month in which the
-- ticket was opened, times of solutions and scores by the month of the solution: the tickets
-- still open are in no time of solution, and are told as the backlog.

with bounds as (
    select
        min(opened_day) as first_day,
        max(
            case
                when resolved_day > opened_day then resolved_day
                else opened_day
            end
        ) as last_day
    from {{ ref('support_tickets') }}
),

calendar as (
    {{ calendar_days('bounds', 'first_day', 'last_day') | indent(4) }}
),

months as (
    select distinct cast({{ dbt.date_trunc('month', 'calendar_day') }} as date) as month_start
    from calendar
),

opened as (
    select
        opened_month as month_start,
        count(*) as opened_count,
        count(is_breached) as judged_count,
        sum(case when is_breached then 1 else 0 end) as breached_count,
        count(first_response_minutes) as answered_count,
        percentile_cont(0.5) within group (order by first_response_minutes) as median_first_response_minutes,
        percentile_cont(0.9) within group (order by first_response_minutes) as p90_first_response_minutes,
        sum(case when is_open or resolved_at is not null then 1 else 0 end) as followed_count
    from {{ ref('support_tickets') }}
    group by opened_month
),

resolved as (
    select
        cast({{ dbt.date_trunc('month', 'resolved_day') }} as date) as month_start,
        count(*) as resolved_count,
        percentile_cont(0.5) within group (order by resolution_hours) as median_resolution_hours,
        percentile_cont(0.9) within group (order by resolution_hours) as p90_resolution_hours,
        count(satisfaction_score) as satisfaction_count,
        coalesce(sum(satisfaction_score), 0) as satisfaction_sum,
        coalesce(sum(satisfaction_score * satisfaction_score), 0) as satisfaction_squares
    from {{ ref('support_tickets') }}
    where resolved_day is not null
    group by cast({{ dbt.date_trunc('month', 'resolved_day') }} as date)
),

joined as (
    select
        months.month_start,
        coalesce(opened.opened_count, 0) as opened_count,
        coalesce(resolved.resolved_count, 0) as resolved_count,
        -- A ticket closed without a time of its solution cannot be followed, and is no backlog.
        sum(coalesce(opened.followed_count, 0) - coalesce(resolved.resolved_count, 0))
            over (order by months.month_start) as open_at_month_end,
        coalesce(opened.answered_count, 0) as answered_count,
        opened.median_first_response_minutes,
        opened.p90_first_response_minutes,
        resolved.median_resolution_hours,
        resolved.p90_resolution_hours,
        coalesce(opened.judged_count, 0) as judged_count,
        coalesce(opened.breached_count, 0) as breached_count,
        coalesce(resolved.satisfaction_count, 0) as satisfaction_count,
        coalesce(resolved.satisfaction_sum, 0) as satisfaction_sum,
        coalesce(resolved.satisfaction_squares, 0) as satisfaction_squares
    from months
    left join opened
        on months.month_start = opened.month_start
    left join resolved
        on months.month_start = resolved.month_start
)

select
    month_start,
    opened_count,
    resolved_count,
    cast(open_at_month_end as bigint) as open_at_month_end,
    answered_count,
    median_first_response_minutes,
    p90_first_response_minutes,
    median_resolution_hours,
    p90_resolution_hours,
    judged_count,
    cast(breached_count as bigint) as breached_count,
    {{ share_figures('breached_count', 'judged_count', 'breached_share') }},
    satisfaction_count,
    {{ mean_figures('satisfaction_sum', 'satisfaction_squares', 'satisfaction_count', 'average_satisfaction') }}
from joined
