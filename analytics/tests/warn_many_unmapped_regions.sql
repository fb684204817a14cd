-- A log names a country on nearly every line. Many lines of the dropped regions mean that
-- the till stopped asking, or that the mapping wants new rows.

{{ config(severity='warn', warn_if='> 0') }}

select
    count(*) as line_count,
    sum(case when unmapped_region then 1 else 0 end) as unmapped_line_count
from {{ ref('stg_transaction_logs') }}
having sum(case when unmapped_region then 1 else 0 end) > 0.02 * count(*)
