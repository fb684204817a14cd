-- Support by what tickets are about and how urgent they are, over all time. Tickets without
-- either count as unknown.

with sums as (
    select
        coalesce(category, 'unknown') as category,
        coalesce(priority, 'unknown') as priority,
        count(*) as ticket_count,
        sum(case when is_open then 1 else 0 end) as open_count,
        percentile_cont(0.5) within group (order by first_response_minutes) as median_first_response_minutes,
        percentile_cont(0.9) within group (order by first_response_minutes) as p90_first_response_minutes,
        count(resolution_hours) as resolved_count,
        percentile_cont(0.5) within group (order by resolution_hours) as median_resolution_hours,
        percentile_cont(0.9) within group (order by resolution_hours) as p90_resolution_hours,
        count(is_breached) as judged_count,
        sum(case when is_breached then 1 else 0 end) as breached_count,
        count(satisfaction_score) as satisfaction_count,
        coalesce(sum(satisfaction_score), 0) as satisfaction_sum,
        coalesce(sum(satisfaction_score * satisfaction_score), 0) as satisfaction_squares
    from {{ ref('support_tickets') }}
    group by
        coalesce(category, 'unknown'),
        coalesce(priority, 'unknown')
)

select
    {{ surrogate_key(['category', 'priority']) }} as support_category_key,
    category,
    priority,
    ticket_count,
    cast(open_count as bigint) as open_count,
    resolved_count,
    median_first_response_minutes,
    p90_first_response_minutes,
    median_resolution_hours,
    p90_resolution_hours,
    judged_count,
    cast(breached_count as bigint) as breached_count,
    {{ share_figures('breached_count', 'judged_count', 'breached_share') }},
    satisfaction_count,
    {{ mean_figures('satisfaction_sum', 'satisfaction_squares', 'satisfaction_count', 'average_satisfaction') }}
from sums
