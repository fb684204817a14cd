-- Without a transaction there is no snapshot date and nothing to report: load a file first.

select count(*) as line_count
from {{ source('bronze', 'transaction_logs') }}
having count(*) = 0
