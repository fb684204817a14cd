-- The pair of products that goes together most: the greatest lift among the pairs above chance.
-- The interval is that of its confidence, over the share that buys the other product anyway.

with ranked as (
    select
        item_name,
        other_item_name,
        item_order_count,
        confidence,
        confidence_low,
        confidence_high,
        other_share,
        lift,
        row_number() over (order by lift desc, pair_order_count desc, item, other_item) as best_first
    from {{ ref('mart_cross_sell_pairs') }}
    where
        item_kind = 'product'
        and is_above_chance
),

-- One row even where no pair is above chance.
best as (
    select
        max(item_name) as item_name,
        max(other_item_name) as other_item_name,
        max(item_order_count) as item_order_count,
        max(lift) as lift,
        max(confidence_low / other_share) as lift_low,
        max(confidence_high / other_share) as lift_high,
        max(confidence) as confidence
    from ranked
    where best_first = 1
)

select
    'cross_sell_pair' as insight_key,
    'Strongest cross-sell pair' as title,
    'Lift: how many times as often the second product is in orders with the first as in all; beside it the share of the first''s orders'
        as statistic,
    lift as value,
    lift_low as ci_low,
    lift_high as ci_high,
    coalesce(item_order_count, 0) as n,
    confidence as comparison_value,
    case
        when lift is null then 'No pair of products is bought together more often than by chance'
        else 'Who buys ' || item_name || ' also buys ' || other_item_name
    end as finding
from best
