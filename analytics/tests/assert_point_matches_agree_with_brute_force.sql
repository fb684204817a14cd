-- First in first out by its definition: laid end to end, what two entries of a member share is where their stretches
-- overlap. Every pair of entries is compared, for 200 members.

with members as (
    select customer_id
    from (
        select
            customer_id,
            row_number() over (order by {{ surrogate_key(['customer_id']) }}) as member_number
        from {{ ref('loyalty_program') }}
    ) as numbered
    where member_number <= 200
),

entries as (
    select
        ledger.customer_id,
        ledger.entry_id,
        ledger.entry_at,
        ledger.points
    from {{ ref('stg_loyalty_data') }} as ledger
    inner join members
        on ledger.customer_id = members.customer_id
    where ledger.entry_day < (select snapshot_date from {{ ref('int_snapshot') }})
),

-- Without window functions: what came or went before an entry is summed anew for each.
stretches as (
    select
        entries.customer_id,
        entries.entry_id,
        entries.points > 0 as is_credit,
        coalesce(sum(abs(earlier.points)), 0) as stretch_start,
        coalesce(sum(abs(earlier.points)), 0) + abs(entries.points) as stretch_end
    from entries
    left join entries as earlier
        on
            entries.customer_id = earlier.customer_id
            and (entries.points > 0) = (earlier.points > 0)
            and earlier.points <> 0
            and (
                earlier.entry_at < entries.entry_at
                or (earlier.entry_at = entries.entry_at and earlier.entry_id < entries.entry_id)
            )
    where entries.points <> 0
    group by
        entries.customer_id,
        entries.entry_id,
        entries.points
),

expected as (
    select
        credits.customer_id,
        credits.entry_id as credit_entry_id,
        debits.entry_id as debit_entry_id,
        cast(
            least(credits.stretch_end, debits.stretch_end) - greatest(credits.stretch_start, debits.stretch_start) as bigint
        ) as points
    from stretches as credits
    inner join stretches as debits
        on credits.customer_id = debits.customer_id
    where
        credits.is_credit
        and not debits.is_credit
        and least(credits.stretch_end, debits.stretch_end) > greatest(credits.stretch_start, debits.stretch_start)
),

found as (
    select
        matches.customer_id,
        matches.credit_entry_id,
        matches.debit_entry_id,
        matches.points
    from {{ ref('int_loyalty_matches') }} as matches
    inner join members
        on matches.customer_id = members.customer_id
    where
        matches.credit_entry_id is not null
        and matches.debit_entry_id is not null
)

(
    select * from expected
    except
    select * from found
)
union all
(
    select * from found
    except
    select * from expected
)
