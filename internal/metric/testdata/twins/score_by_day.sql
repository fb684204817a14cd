-- query: {"metrics": ["nps"], "grain": "day"}
-- on: generated
-- On days with few answers the interval by the formula reaches beyond a score that there can be.
with snap as (select first_transaction_day as f, snapshot_date - 1 as l from silver.int_snapshot),
days as (select cast(d as date) as d from snap, unnest(generate_series(f, l, interval 1 day)) as t (d)),
counted as (
    select
        d,
        count(score) as n,
        count(*) filter (where score >= 9) as p,
        count(*) filter (where score <= 6) as u
    from days left join gold.customer_satisfaction_scores as a on a.response_day = d and a.survey_type = 'NPS'
    group by 1
),
bounds as (
    select
        *, 100.0 * (p - u) / nullif(n, 0) as score,
        100 * 1.959963984540054 * sqrt(((p + u + 1.5) / (n + 3) - ((p - u) / (n + 3))^2) / (n + 3)) as half,
        100 * (p - u) / (n + 3) as middle
    from counted
)
select
    d as time, score as nps,
    case when n > 0 then case when middle - half < -100 then -100 else least(score, middle - half) end end as nps_low,
    case when n > 0 then case when middle + half > 100 then 100 else greatest(score, middle + half) end end as nps_high
from bounds order by 1
