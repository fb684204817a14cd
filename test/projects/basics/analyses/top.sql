select * from {{ ref('by_customer') }} order by amount_cents desc
