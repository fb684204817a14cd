-- query: {"metrics": ["nps_answers", "promoters", "passives", "detractors", "nps", "csat_answers", "satisfied_answers", "csat", "csat_mean", "ces"], "grain": "month"}
with snap as (select first_transaction_day as f, snapshot_date - 1 as l from silver.int_snapshot),
months as (select cast(m as date) as m from snap, unnest(generate_series(date_trunc('month', f), l, interval 1 month)) as t (m)),
answers as (select a.* from gold.customer_satisfaction_scores as a, snap where response_day between f and l),
counted as (
    select
        m,
        count(*) filter (where survey_type = 'NPS') as n,
        count(*) filter (where survey_type = 'NPS' and score >= 9) as p,
        count(*) filter (where survey_type = 'NPS' and score in (7, 8)) as s,
        count(*) filter (where survey_type = 'NPS' and score <= 6) as d,
        count(*) filter (where survey_type = 'CSAT') as c,
        count(*) filter (where survey_type = 'CSAT' and score >= 4) as good,
        avg(score) filter (where survey_type = 'CSAT') as csat_mean,
        avg(score) filter (where survey_type = 'CES') as ces
    from months left join answers on date_trunc('month', response_day) = m
    group by 1
)
select
    m as time, n as nps_answers, p as promoters, s as passives, d as detractors,
    100.0 * (p - d) / nullif(n, 0) as nps,
    case when n > 0 then greatest(-100, least(100.0 * (p - d) / n, 100 * ((p - d) / (n + 3) - 1.959963984540054 * sqrt(((p + d + 1.5) / (n + 3) - ((p - d) / (n + 3))^2) / (n + 3))))) end as nps_low,
    case when n > 0 then least(100, greatest(100.0 * (p - d) / n, 100 * ((p - d) / (n + 3) + 1.959963984540054 * sqrt(((p + d + 1.5) / (n + 3) - ((p - d) / (n + 3))^2) / (n + 3))))) end as nps_high,
    c as csat_answers, good as satisfied_answers, good / nullif(c, 0) as csat, csat_mean, ces
from counted order by 1
