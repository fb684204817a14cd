with big as (select * from {{ ref('eph_big') }})
select customer, count(*) as orders, sum(amount_cents) as amount_cents, '{{ var("currency") }}' as currency
from big
group by 1
