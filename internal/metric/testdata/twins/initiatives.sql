-- query: {"metrics": ["initiative_effect", "initiative_effect_low", "initiative_effect_high", "initiative_cost", "initiative_net_return", "initiative_return"], "dimensions": ["pillar", "initiative"], "order_by": [{"name": "pillar"}, {"name": "initiative"}]}
select
    pillar,
    initiative_name as initiative,
    coalesce(sum(total_effect), 0) as initiative_effect,
    coalesce(sum(total_effect_low), 0) as initiative_effect_low,
    coalesce(sum(total_effect_high), 0) as initiative_effect_high,
    coalesce(sum(cost), 0) as initiative_cost,
    coalesce(sum(net_return), 0) as initiative_net_return,
    cast(coalesce(sum(net_return), 0) as double) / nullif(cast(sum(cost) as double), 0) as initiative_return
from gold.mart_esg_initiative_effects
group by 1, 2
order by 1, 2
