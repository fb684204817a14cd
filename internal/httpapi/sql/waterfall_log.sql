select line_class, rule_order, line_count, line_share, amount, lines_left, amount_left, customer_count, in_net_revenue, description
from {mart_loss_waterfall}
order by rule_order, line_class
