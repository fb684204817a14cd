-- The regular price of a product in a month: the price on most of its sale lines, the higher
-- one where two tie. Quantity breaks and single deals are fewer, so they do not move it.
-- Guests pay the web shop's own prices and are left out.

with price_lines as (
    select
        product_code,
        cast({{ dbt.date_trunc('month', 'invoice_day') }} as date) as price_month,
        unit_price,
        count(*) as line_count,
        min(invoice_day) as first_day,
        max(invoice_day) as last_day
    from {{ ref('stg_transaction_logs') }}
    where
        line_class = 'sale'
        and {{ before_snapshot('invoice_day') }}
    group by
        product_code,
        cast({{ dbt.date_trunc('month', 'invoice_day') }} as date),
        unit_price
),

ranked as (
    select
        product_code,
        price_month,
        unit_price,
        row_number() over (
            partition by product_code, price_month
            order by line_count desc, unit_price desc
        ) as choice,
        min(first_day) over (partition by product_code, price_month) as first_day,
        max(last_day) over (partition by product_code, price_month) as last_day,
        sum(line_count) over (partition by product_code, price_month) as line_count
    from price_lines
),

monthly as (
    select
        *,
        lag(unit_price) over (partition by product_code order by price_month) as previous_price
    from ranked
    where choice = 1
),

marked as (
    select
        *,
        case
            when previous_price is null then 1
            when abs(unit_price - previous_price) > {{ var('price_tolerance') }} * previous_price then 1
            else 0
        end as starts_era
    from monthly
)

select
    product_code,
    price_month,
    unit_price as regular_price,
    first_day,
    last_day,
    cast(line_count as bigint) as line_count,
    cast(sum(starts_era) over (partition by product_code order by price_month) as integer) as era_number
from marked
