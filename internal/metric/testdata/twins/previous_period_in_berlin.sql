-- query: {"metrics": ["net_revenue", "customers", "nps_answers"], "grain": "day", "from": "2024-10-25", "to": "2024-10-29", "compare": "previous", "time_zone": "Europe/Berlin"}
-- on: generated
with days as (select cast(d as date) as d from unnest(generate_series(date '2024-10-25', date '2024-10-29', interval 1 day)) as t (d)),
-- Summer time ended on 27 October 2024 at 01:00 UTC.
lines as (
    select *, cast(transaction_at + case when transaction_at < timestamp '2024-10-27 01:00:00' then interval 2 hour else interval 1 hour end as date) as local_day
    from gold.fct_transactions where transaction_day between date '2024-10-10' and date '2024-11-05'
),
answers as (
    select *, cast(responded_at + case when responded_at < timestamp '2024-10-27 01:00:00' then interval 2 hour else interval 1 hour end as date) as local_day
    from gold.customer_satisfaction_scores where survey_type = 'NPS'
)
select
    d as time,
    (select coalesce(sum(amount), 0) from lines where local_day = d) as net_revenue,
    (select coalesce(sum(amount), 0) from lines where local_day = d - 5) as net_revenue_compared,
    (select count(distinct customer_id) from lines where transaction_class = 'sale' and local_day = d) as customers,
    (select count(distinct customer_id) from lines where transaction_class = 'sale' and local_day = d - 5) as customers_compared,
    (select count(*) from answers where local_day = d) as nps_answers,
    (select count(*) from answers where local_day = d - 5) as nps_answers_compared
from days order by 1
