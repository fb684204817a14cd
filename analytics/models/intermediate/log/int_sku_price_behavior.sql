-- How the price of each product behaves before the snapshot date. The first rule that fits decides:
--   zero_or_manual            never sold at a price, or too many zero-price and adjustment lines
--   normal                    one price era
--   one_off_price_change      two eras
--   oscillating_or_promotional  three eras or more, coming back to a level it had, on at most three levels
--   complex                   anything else

with line_counts as (
    select
        product_code,
        count(*) as line_count,
        sum(case when line_class in ('sale', 'guest') then 1 else 0 end) as priced_line_count,
        sum(case when line_class in ('zero_value', 'adjustment') then 1 else 0 end) as zero_or_manual_line_count,
        min(case when line_class in ('sale', 'guest') then unit_price end) as lowest_price,
        max(case when line_class in ('sale', 'guest') then unit_price end) as highest_price
    from {{ ref('stg_transaction_logs') }}
    where
        line_class <> 'duplicate'
        and {{ before_snapshot('invoice_day') }}
    group by product_code
),

-- Eras of about the same price are one level: sorted by price, a gap wider than the tolerance
-- starts the next level.
level_starts as (
    select
        product_code,
        era_number,
        era_price,
        case
            when era_price > (1 + {{ var('price_tolerance') }}) * lag(era_price) over (
                partition by product_code
                order by era_price, era_number
            ) then 1
            else 0
        end as starts_level
    from {{ ref('int_sku_price_eras') }}
),

eras as (
    select
        product_code,
        count(*) as era_count,
        cast(1 + sum(starts_level) as integer) as level_count
    from level_starts
    group by product_code
),

current_prices as (
    select
        product_code,
        era_price as current_price
    from {{ ref('int_sku_price_eras') }}
    where valid_to is null
),

promos as (
    select
        product_code,
        sum(case when is_promo then 1 else 0 end) as promo_line_count
    from {{ ref('int_line_promo_flags') }}
    group by product_code
)

select
    line_counts.product_code,
    case
        when
            line_counts.priced_line_count = 0
            or line_counts.zero_or_manual_line_count >= {{ var('zero_or_manual_share') }} * line_counts.line_count
            then 'zero_or_manual'
        -- Sold to guests alone: no list price to follow.
        when eras.era_count is null or eras.era_count = 1 then 'normal'
        when eras.era_count = 2 then 'one_off_price_change'
        when eras.level_count < eras.era_count and eras.level_count <= 3 then 'oscillating_or_promotional'
        else 'complex'
    end as price_behavior,
    line_counts.line_count,
    cast(line_counts.priced_line_count as bigint) as priced_line_count,
    cast(line_counts.zero_or_manual_line_count as bigint) as zero_or_manual_line_count,
    coalesce(eras.era_count, 0) as era_count,
    coalesce(eras.level_count, 0) as level_count,
    line_counts.lowest_price,
    line_counts.highest_price,
    current_prices.current_price,
    cast(promos.promo_line_count as double) / nullif(line_counts.priced_line_count, 0) as promo_line_share
from line_counts
left join eras
    on line_counts.product_code = eras.product_code
left join current_prices
    on line_counts.product_code = current_prices.product_code
left join promos
    on line_counts.product_code = promos.product_code
