-- Market research beside the shop's sales, with the part of each market that falls into the days that the data covers.

{{ config(materialized='view') }}

select
    market_key,
    country,
    category,
    market_year,
    market_size,
    cast(
        cast(market_size as double) * covered_days
        / {{ dbt.datediff(
            "cast(cast(market_year as " ~ dbt.type_string() ~ ") || '-01-01' as date)",
            "cast(cast(market_year + 1 as " ~ dbt.type_string() ~ ") || '-01-01' as date)",
            'day'
        ) }}
        as decimal(18, 2)
    ) as covered_market_size,
    covered_days,
    is_complete_year,
    own_revenue,
    growth_potential,
    share_potential,
    potential
from {{ ref('mart_market_opportunity') }}
