select *
from {customer_360_profile}
where customer_id = $1
