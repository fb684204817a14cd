-- As transactions_sum; $7 and $8 moment and id of the last row of the page before, or null; $9 rows
select
    t.transaction_id, t.order_id, t.transaction_at, t.transaction_day, t.transaction_class, t.product_id, p.product_name,
    t.category_group, t.channel, t.country, t.quantity, t.discount_amount, t.amount, t.margin_amount
from {fct_transactions} as t
left join {all dim_product} as p on p.product_key = t.product_key
where t.customer_id = $1
  and ($2::date is null or t.transaction_day >= $2::date)
  and ($3::date is null or t.transaction_day <= $3::date)
  and ($4::varchar is null or t.category_group = $4)
  and ($5::varchar is null or t.channel = $5)
  and ($6::varchar is null or t.transaction_class = $6)
  and ($7::timestamp is null or (t.transaction_at, t.transaction_id) < ($7::timestamp, $8::varchar))
order by t.transaction_at desc, t.transaction_id desc
limit $9
