-- $1 customer; $2 first day, $3 last day, $4 category, $5 channel, $6 class, each null for all
select count(*) as total, coalesce(sum(amount), 0) as amount
from {fct_transactions}
where customer_id = $1
  and ($2::date is null or transaction_day >= $2::date)
  and ($3::date is null or transaction_day <= $3::date)
  and ($4::varchar is null or category_group = $4)
  and ($5::varchar is null or channel = $5)
  and ($6::varchar is null or transaction_class = $6)
