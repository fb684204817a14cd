-- The classes with lines in them, in the order of the rules.
select
    cast(line_class as varchar) as line_class,
    cast(line_count as bigint) as line_count,
    cast(line_share as double) as line_share,
    cast(amount as decimal(18, 2)) as amount,
    cast(lines_left as bigint) as lines_left
from gold.mart_loss_waterfall
where line_count > 0
order by rule_order
