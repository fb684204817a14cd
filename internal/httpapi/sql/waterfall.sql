select source_system, transaction_class, step_order, row_count, row_share, amount, in_net_revenue, description
from {mart_transaction_waterfall}
order by source_system, step_order, transaction_class
