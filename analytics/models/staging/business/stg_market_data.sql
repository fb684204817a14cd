-- Market research, the last delivery of each country, category and year. Countries are
-- spelled as those of the sales are.

with research as (
    select
        coalesce(mapping.country, trim(research.country)) as country,
        trim(research.category) as category,
        research.market_year,
        research.market_size,
        research.growth_rate,
        nullif(trim(research.publisher), '') as publisher,
        research._file,
        research._line,
        research._load_id
    from {{ source('bronze', 'market_research') }} as research
    left join {{ ref('country_mapping') }} as mapping
        on trim(research.country) = mapping.source_country
    where
        trim(research.country) <> ''
        and trim(research.category) <> ''
        and research.market_year between 1900 and 2199
),

ranked as (
    select
        *,
        {{ newest_delivery(['country', 'lower(category)', 'market_year']) }} as delivery_rank
    from research
)

select
    country,
    category,
    market_year,
    market_size,
    growth_rate,
    publisher,
    _file,
    _line,
    _load_id
from ranked
where delivery_rank = 1
