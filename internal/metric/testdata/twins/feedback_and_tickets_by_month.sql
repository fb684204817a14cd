-- query: {"metrics": ["feedback_count", "average_rating", "rated_feedback", "negative_feedback", "negative_feedback_share", "sentiment", "tickets_opened", "tickets_open", "first_response_minutes", "resolution_hours", "resolution_hours_p90", "resolution_hours_mean", "tickets_breached", "tickets_judged", "breach_rate", "ticket_satisfaction"], "grain": "month"}
with snap as (select first_transaction_day as f, snapshot_date - 1 as l from silver.int_snapshot),
months as (select cast(m as date) as m from snap, unnest(generate_series(date_trunc('month', f), l, interval 1 month)) as t (m)),
words as (
    select date_trunc('month', feedback_day) as m, count(*) as feedback_count, avg(rating) as average_rating, count(rating) as rated,
        count(*) filter (where rating <= 2) as negative, avg(sentiment_score) as sentiment
    from gold.customer_feedback, snap where feedback_day between f and l group by 1
),
tickets as (
    select date_trunc('month', opened_day) as m, count(*) as opened, count(*) filter (where is_open) as open_now,
        median(first_response_minutes) as answered, median(resolution_hours) as resolved, quantile_cont(resolution_hours, 0.9) as p90,
        avg(resolution_hours) as mean, count(*) filter (where is_breached) as breached, count(is_breached) as judged, avg(satisfaction_score) as satisfaction
    from gold.support_tickets, snap where opened_day between f and l group by 1
)
select
    m as time,
    coalesce(feedback_count, 0) as feedback_count, average_rating, coalesce(rated, 0) as rated_feedback,
    coalesce(negative, 0) as negative_feedback, negative / nullif(rated, 0) as negative_feedback_share, sentiment,
    coalesce(opened, 0) as tickets_opened, coalesce(open_now, 0) as tickets_open, answered as first_response_minutes,
    resolved as resolution_hours, p90 as resolution_hours_p90, mean as resolution_hours_mean,
    coalesce(breached, 0) as tickets_breached, coalesce(judged, 0) as tickets_judged, breached / nullif(judged, 0) as breach_rate, satisfaction as ticket_satisfaction
from months left join words using (m) left join tickets using (m)
order by 1
