-- How many customers did something on each day, and which builds wrote it: from this, tables that are made of days know whether
-- a day of theirs changed.

select
    activity_date,
    count(*) as row_count,
    cast(sum(_build_number) as bigint) as build_sum
from {{ ref('mart_customer_daily') }}
group by activity_date
