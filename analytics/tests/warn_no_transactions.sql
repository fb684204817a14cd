-- Transactions are the one source that has to be there: without any, all figures are empty.

{{ config(severity='warn') }}

select snapshot_date
from {{ ref('int_snapshot') }}
where first_transaction_day is null
