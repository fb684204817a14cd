-- The loyalty ledger up to the snapshot date, with what each entry did. A view: entries are stored once.

{{ config(materialized='view') }}

select
    entry_id,
    customer_id,
    entry_at,
    entry_day,
    entry_type,
    points,
    case when points > 0 then points else 0 end as earned_points,
    case when points < 0 and entry_type = 'redeem' then -points else 0 end as redeemed_points,
    case when points < 0 and entry_type = 'expire' then -points else 0 end as expired_points,
    case when points < 0 and entry_type not in ('redeem', 'expire') then -points else 0 end as taken_back_points,
    transaction_id
from {{ ref('stg_loyalty_data') }}
where entry_day < (select snapshot_date from {{ ref('int_snapshot') }})
