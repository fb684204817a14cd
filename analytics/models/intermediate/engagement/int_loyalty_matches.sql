-- Which points were used by what, first in first out: every point that left an account is
-- taken from the oldest entry that still has any. Points taken before they were there (an overdrawn account) are
-- paid by the next that come in.
--
-- Per member, points that came and points that went are each laid end to end on a line. A piece between two neighbouring
-- ends belongs to one entry of either kind, so a running minimum of the entries' numbers, from the far end, matches
-- them all in one pass; joining entries that overlap would take the square of their number. An incremental run takes
-- out the members of whom an entry came, or came before the snapshot date, and matches those who are missing.

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_changed_members() }}"
) }}

with entries as (
    select
        customer_id,
        entry_id,
        entry_at,
        entry_day,
        entry_type,
        points
    from {{ ref('stg_loyalty_data') }}
    where
        points <> 0
        and entry_day < (select snapshot_date from {{ ref('int_snapshot') }})
        {%- if is_incremental() %}
        and customer_id not in (select customer_id from {{ this }})
        {%- endif %}
),

credits as (
    select
        customer_id,
        entry_id,
        entry_day,
        row_number() over (partition by customer_id order by entry_at, entry_id) as credit_number,
        sum(points) over (partition by customer_id order by entry_at, entry_id) as line_end
    from entries
    where points > 0
),

debits as (
    select
        customer_id,
        entry_id,
        entry_day,
        -- Earned points that were taken back, and corrections downwards, are neither redeemed nor expired.
        case when entry_type in ('redeem', 'expire') then entry_type else 'adjust' end as debit_type,
        row_number() over (partition by customer_id order by entry_at, entry_id) as debit_number,
        sum(-points) over (partition by customer_id order by entry_at, entry_id) as line_end
    from entries
    where points < 0
),

line_ends as (
    select
        customer_id,
        line_end,
        credit_number,
        cast(null as bigint) as debit_number
    from credits
    union all
    select
        customer_id,
        line_end,
        cast(null as bigint) as credit_number,
        debit_number
    from debits
),

pieces as (
    select
        customer_id,
        -- Of two equal ends one makes a piece of no length; rows with the same end see the same minima.
        line_end - lag(line_end, 1, 0) over (partition by customer_id order by line_end) as points,
        min(credit_number) over (partition by customer_id order by line_end desc) as credit_number,
        min(debit_number) over (partition by customer_id order by line_end desc) as debit_number
    from line_ends
)

select
    pieces.customer_id,
    credits.entry_id as credit_entry_id,
    credits.entry_day as credit_day,
    debits.entry_id as debit_entry_id,
    debits.entry_day as debit_day,
    debits.debit_type,
    cast(pieces.points as bigint) as points,
    {{ build_of(ref('stg_loyalty_data')) }} as _build_number,
    '{{ snapshot_text() }}' as _snapshot_date,
    '' as _inputs
from pieces
left join credits
    on
        pieces.customer_id = credits.customer_id
        and pieces.credit_number = credits.credit_number
left join debits
    on
        pieces.customer_id = debits.customer_id
        and pieces.debit_number = debits.debit_number
where pieces.points > 0
