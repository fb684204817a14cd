-- Market research beside the shop's own sales: share, growth against the market's, and what
-- next year could bring. A year of which only a part is in the data is set against the same
-- part of the market.

with research as (
    select
        country,
        category,
        market_year,
        market_size,
        growth_rate,
        publisher,
        cast(cast(market_year as {{ dbt.type_string() }}) || '-01-01' as date) as year_from,
        cast(cast(market_year + 1 as {{ dbt.type_string() }}) || '-01-01' as date) as year_until
    from {{ ref('stg_market_data') }}
),

covered as (
    select
        research.country,
        research.category,
        research.market_year,
        research.market_size,
        research.growth_rate,
        research.publisher,
        {{ dbt.datediff('research.year_from', 'research.year_until', 'day') }} as year_days,
        case
            when snapshot.first_transaction_day is null then 0
            else greatest(
                0,
                {{ dbt.datediff(
                    'greatest(research.year_from, snapshot.first_transaction_day)',
                    'least(research.year_until, snapshot.snapshot_date)',
                    'day'
                ) }}
            )
        end as covered_days
    from research
    cross join {{ ref('int_snapshot') }} as snapshot
),

-- Ranges are the same however they are capitalised.
own as (
    select
        sales_year,
        country,
        lower(category) as category_in_small,
        sum(net_revenue) as net_revenue
    from {{ ref('int_market_sales') }}
    group by
        sales_year,
        country,
        lower(category)
),

joined as (
    select
        covered.country,
        covered.category,
        covered.market_year,
        covered.market_size,
        covered.growth_rate,
        covered.publisher,
        covered.covered_days,
        covered.covered_days = covered.year_days as is_complete_year,
        -- The market of the covered days, taken as spread evenly over the year.
        cast(covered.market_size as double) * covered.covered_days / covered.year_days as covered_market,
        case when covered.covered_days > 0 then coalesce(own.net_revenue, 0) end as own_revenue
    from covered
    left join own
        on
            covered.market_year = own.sales_year
            and covered.country = own.country
            and lower(covered.category) = own.category_in_small
),

compared as (
    select
        this_year.country,
        this_year.category,
        this_year.market_year,
        this_year.market_size,
        this_year.growth_rate,
        this_year.publisher,
        this_year.covered_days,
        this_year.is_complete_year,
        this_year.own_revenue,
        {{ share_of('this_year.own_revenue', 'this_year.covered_market') }} as own_share,
        sum(this_year.own_revenue) over (
            partition by
                this_year.market_year,
                lower(this_year.category)
        ) as category_revenue,
        sum(cast(this_year.covered_market as decimal(38, 4))) over (
            partition by
                this_year.market_year,
                lower(this_year.category)
        ) as category_market,
        coalesce(
            {{ share_of('this_year.market_size', 'last_year.market_size') }} - 1,
            last_year.growth_rate
        ) as market_growth,
        case
            when this_year.is_complete_year and last_year.is_complete_year
                then {{ share_of('this_year.own_revenue', 'last_year.own_revenue') }} - 1
        end as own_growth
    from joined as this_year
    left join joined as last_year
        on
            this_year.country = last_year.country
            and lower(this_year.category) = lower(last_year.category)
            and this_year.market_year = last_year.market_year + 1
),

forecasts as (
    select
        *,
        {{ share_of('category_revenue', 'category_market') }} as category_share,
        cast(market_size as double) * (1 + growth_rate) as expected_market_size
    from compared
),

potentials as (
    select
        *,
        own_share * (expected_market_size - market_size) as growth_potential,
        -- Nothing is known of a year without data, which is not to be taken for no potential.
        case
            when own_share < category_share then (category_share - own_share) * expected_market_size
            when own_share >= category_share then 0
        end as share_potential
    from forecasts
)

select
    {{ surrogate_key(['country', 'lower(category)', 'market_year']) }} as market_key,
    country,
    category,
    market_year,
    market_size,
    cast(growth_rate as double) as expected_growth,
    cast(expected_market_size as decimal(18, 2)) as expected_market_size,
    publisher,
    covered_days,
    is_complete_year,
    cast(own_revenue as decimal(18, 2)) as own_revenue,
    own_share,
    category_share,
    market_growth,
    own_growth,
    own_growth - market_growth as growth_gap,
    cast(growth_potential as decimal(18, 2)) as growth_potential,
    cast(share_potential as decimal(18, 2)) as share_potential,
    cast(growth_potential + share_potential as decimal(18, 2)) as potential
from potentials
