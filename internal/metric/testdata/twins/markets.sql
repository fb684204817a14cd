-- query: {"metrics": ["market_size", "covered_market_size", "market_revenue", "market_share", "market_potential", "growth_potential"], "dimensions": ["country", "market_year"], "order_by": [{"name": "country"}, {"name": "market_year"}]}
with covered as (
    select *, cast(cast(market_size as double) * covered_days / (make_date(market_year + 1, 1, 1) - make_date(market_year, 1, 1)) as decimal(18, 2)) as covered
    from gold.mart_market_opportunity
)
select
    country,
    market_year,
    coalesce(sum(market_size), 0) as market_size,
    coalesce(sum(covered), 0) as covered_market_size,
    coalesce(sum(own_revenue), 0) as market_revenue,
    cast(coalesce(sum(own_revenue), 0) as double) / nullif(cast(sum(covered) as double), 0) as market_share,
    coalesce(sum(potential), 0) as market_potential,
    coalesce(sum(growth_potential), 0) as growth_potential
from covered
group by 1, 2
order by 1, 2
