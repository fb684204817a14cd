-- Do promoters come back more often than detractors? Of each customer the newest answer whose
-- days after it are over (var repurchase_window_days), and whether an order followed in them.
-- People who answer differ from those who do not, so this is no effect of satisfaction.

with answers as (
    select
        scores.customer_id,
        scores.nps_group,
        scores.response_day,
        cast({{ dbt.dateadd('day', var('repurchase_window_days'), 'scores.response_day') }} as date) as followed_until,
        row_number() over (
            partition by scores.customer_id
            order by scores.responded_at desc, scores.response_id desc
        ) as newest_first
    from {{ ref('customer_satisfaction_scores') }} as scores
    cross join {{ ref('int_snapshot') }} as snapshot
    where
        scores.survey_type = 'NPS'
        and scores.customer_id is not null
        and cast({{ dbt.dateadd('day', var('repurchase_window_days'), 'scores.response_day') }} as date) < snapshot.snapshot_date
),

newest as (
    select
        answers.customer_id,
        numbers.customer_number,
        answers.nps_group,
        answers.response_day,
        answers.followed_until
    from answers
    left join {{ ref('int_customer_numbers') }} as numbers
        on answers.customer_id = numbers.customer_id
    where answers.newest_first = 1
),

-- Purchases of the day itself may have led to the survey, and are none that followed it.
buyers as (
    select distinct newest.customer_number
    from {{ ref('mart_customer_daily') }} as daily
    inner join newest
        on
            daily._customer_number = newest.customer_number
            and daily.activity_date > newest.response_day
            and daily.activity_date <= newest.followed_until
    where daily.order_count > 0
),

counts as (
    select
        coalesce(sum(case when newest.nps_group = 'promoter' then 1 else 0 end), 0) as promoter_count,
        coalesce(sum(case when newest.nps_group = 'promoter' and buyers.customer_number is not null then 1 else 0 end), 0)
            as promoter_buyers,
        coalesce(sum(case when newest.nps_group = 'detractor' then 1 else 0 end), 0) as detractor_count,
        coalesce(sum(case when newest.nps_group = 'detractor' and buyers.customer_number is not null then 1 else 0 end), 0)
            as detractor_buyers
    from newest
    left join buyers
        on newest.customer_number = buyers.customer_number
),

differences as (
    select
        promoter_count + detractor_count as n,
        {{ share_of('promoter_buyers', 'promoter_count') }} - {{ share_of('detractor_buyers', 'detractor_count') }} as difference,
        {{ share_difference_low('promoter_buyers', 'promoter_count', 'detractor_buyers', 'detractor_count') }} as low,
        {{ share_difference_high('promoter_buyers', 'promoter_count', 'detractor_buyers', 'detractor_count') }} as high,
        {{ share_of('detractor_buyers', 'detractor_count') }} as detractor_rate
    from counts
)

select
    'satisfaction_retention' as insight_key,
    'Satisfaction and retention' as title,
    'Share of promoters who bought again within {{ var('repurchase_window_days') }} days, less that of detractors' as statistic,
    difference as value,
    low as ci_low,
    high as ci_high,
    cast(n as bigint) as n,
    detractor_rate as comparison_value,
    case
        when low is null then 'Not enough answers to tell'
        when low > 0 then 'Promoters come back more often than detractors'
        when high < 0 then 'Promoters come back less often than detractors'
        else 'No difference between promoters and detractors can be told'
    end as finding
from differences
