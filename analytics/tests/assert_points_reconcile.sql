-- Four ways to the same points: the ledger, the members, the months and the months of earning. What was taken before it was there
-- is in the ledger and in no month of earning.

with ledger as (
    select
        coalesce(sum(points), 0) as balance,
        coalesce(sum(case when points > 0 then points else 0 end), 0) as earned
    from {{ ref('stg_loyalty_data') }}
    where entry_day < (select snapshot_date from {{ ref('int_snapshot') }})
),

members as (
    select
        coalesce(sum(points_balance), 0) as balance,
        coalesce(sum(earned_points), 0) as earned,
        coalesce(sum(redeemed_points), 0) as redeemed,
        coalesce(sum(expired_points), 0) as expired,
        coalesce(sum(taken_back_points), 0) as taken_back
    from {{ ref('loyalty_program') }}
),

months as (
    select
        coalesce(sum(earned_points - redeemed_points - expired_points - taken_back_points), 0) as balance,
        coalesce(sum(earned_points), 0) as earned,
        coalesce(sum(redeemed_points), 0) as redeemed,
        coalesce(sum(expired_points), 0) as expired,
        coalesce(sum(taken_back_points), 0) as taken_back
    from {{ ref('mart_loyalty_monthly') }}
),

last_month as (
    select coalesce(sum(outstanding_points), 0) as balance
    from {{ ref('mart_loyalty_monthly') }}
    where month_start = (select max(month_start) from {{ ref('mart_loyalty_monthly') }})
),

overdrawn as (
    select
        coalesce(sum(points), 0) as points,
        coalesce(sum(case when debit_type = 'redeem' then points else 0 end), 0) as redeemed,
        coalesce(sum(case when debit_type = 'expire' then points else 0 end), 0) as expired,
        coalesce(sum(case when debit_type = 'adjust' then points else 0 end), 0) as taken_back
    from {{ ref('int_loyalty_matches') }}
    where credit_entry_id is null
),

earnings as (
    select
        coalesce(sum(outstanding_points), 0) as outstanding,
        coalesce(sum(earned_points), 0) as earned,
        coalesce(sum(redeemed_points), 0) as redeemed,
        coalesce(sum(expired_points), 0) as expired,
        coalesce(sum(taken_back_points), 0) as taken_back
    from {{ ref('mart_loyalty_breakage') }}
)

select
    ledger.balance,
    members.balance as members_balance,
    months.balance as months_balance,
    last_month.balance as last_outstanding,
    earnings.outstanding - overdrawn.points as earnings_balance,
    ledger.earned,
    earnings.earned as earnings_earned
from ledger
cross join members
cross join months
cross join last_month
cross join overdrawn
cross join earnings
where
    ledger.balance <> members.balance
    or ledger.balance <> months.balance
    or ledger.balance <> last_month.balance
    or ledger.balance <> earnings.outstanding - overdrawn.points
    or ledger.earned <> members.earned
    or ledger.earned <> months.earned
    or ledger.earned <> earnings.earned
    or members.redeemed <> months.redeemed
    or members.redeemed <> earnings.redeemed + overdrawn.redeemed
    or members.expired <> months.expired
    or members.expired <> earnings.expired + overdrawn.expired
    or members.taken_back <> months.taken_back
    or members.taken_back <> earnings.taken_back + overdrawn.taken_back
