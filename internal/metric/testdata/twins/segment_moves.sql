-- query: {"metrics": ["segment_moves"], "dimensions": ["from_segment", "to_segment"], "order_by": [{"name": "from_segment"}, {"name": "to_segment"}]}
select from_segment_name as from_segment, to_segment_name as to_segment, sum(customer_count) as segment_moves
from gold.mart_segment_transitions
group by 1, 2
order by 1, 2
