-- query: {"metrics": ["points_earned", "points_redeemed", "points_expired", "points_change", "points_outstanding", "redemption_rate", "active_members", "redeeming_members", "redeeming_share", "new_members", "member_count", "mature_points", "mature_expired_points", "breakage_rate"], "grain": "month"}
with snap as (select first_transaction_day as f, snapshot_date - 1 as l from silver.int_snapshot),
months as (select cast(m as date) as m, least(cast(m + interval 1 month as date) - 1, l) as e from snap, unnest(generate_series(date_trunc('month', f), l, interval 1 month)) as t (m)),
entries as (select e.* from silver.stg_loyalty_data as e, snap where entry_day <= l),
ledger as (select e.* from entries as e, snap where entry_day >= f),
joins as (
    select customer_id, min(entry_day) as d from entries group by 1
),
sums as (
    select
        m, e,
        coalesce(sum(points) filter (where points > 0), 0) as earned,
        coalesce(-sum(points) filter (where points < 0 and entry_type = 'redeem'), 0) as redeemed,
        coalesce(-sum(points) filter (where points < 0 and entry_type = 'expire'), 0) as expired,
        coalesce(sum(points), 0) as change,
        count(distinct customer_id) filter (where entry_type in ('earn', 'redeem')) as active,
        count(distinct customer_id) filter (where entry_type = 'redeem') as redeeming
    from months left join ledger on date_trunc('month', entry_day) = m
    group by 1, 2
)
select
    m as time, earned as points_earned, redeemed as points_redeemed, expired as points_expired, change as points_change,
    (select coalesce(sum(points), 0) from entries where entry_day <= e) as points_outstanding,
    redeemed / nullif(earned, 0) as redemption_rate,
    active as active_members, redeeming as redeeming_members, redeeming / nullif(active, 0) as redeeming_share,
    (select count(*) from joins, snap where date_trunc('month', d) = m and d between f and l) as new_members,
    (select count(*) from joins where d <= e) as member_count,
    coalesce(b.mature_points, 0) as mature_points, coalesce(b.mature_expired_points, 0) as mature_expired_points,
    b.mature_expired_points / nullif(b.mature_points, 0) as breakage_rate
from sums left join gold.mart_loyalty_breakage as b on b.earned_month = m
order by 1
