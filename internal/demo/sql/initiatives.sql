-- What initiatives did to the revenue of a treated customer in thirty days, with the 95 % interval.
select
    cast(initiative_name as varchar) as initiative_name,
    cast(treated_count as bigint) as treated_count,
    cast(control_count as bigint) as control_count,
    cast(effect as double) as effect,
    cast(effect_low as double) as effect_low,
    cast(effect_high as double) as effect_high,
    cast(is_significant as boolean) as is_significant
from gold.mart_esg_initiative_effects
order by started_on, initiative_name
