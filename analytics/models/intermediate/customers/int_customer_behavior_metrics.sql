-- How customers buy: rhythm, basket, range, timing and use of discounts. Purchases only.

with last_orders as (
    select
        monthly.customer_id,
        monthly.last_order_amount as order_amount,
        monthly.last_order_country as country
    from {{ ref('int_customer_monthly') }} as monthly
    inner join {{ ref('int_customer_totals') }} as totals
        on
            monthly.customer_id = totals.customer_id
            and monthly.last_opened_at = totals.last_opened_at
),

products as (
    select
        numbers.customer_id,
        counts.distinct_product_count
    from (
        select
            _customer_number,
            count(*) as distinct_product_count
        from {{ ref('int_customer_products') }}
        group by _customer_number
    ) as counts
    inner join {{ ref('int_customer_numbers') }} as numbers
        on counts._customer_number = numbers.customer_number
),

-- The till's log names no discount: a price below the regular one shows it.
log_promos as (
    select
        customer_id,
        sum(case when is_promo then 1 else 0 end) as promo_line_count
    from {{ ref('int_line_promo_flags') }}
    where
        line_class = 'sale'
        and invoice_day < (select snapshot_date from {{ ref('int_snapshot') }})
    group by customer_id
)

select
    totals.customer_id,
    last_orders.country,
    totals.first_order_day,
    totals.last_order_day,
    totals.order_count,
    totals.active_day_count,
    totals.active_month_count,
    totals.order_count > 1 as is_repeat_customer,
    -- The gaps between neighbouring orders add up to the span from the first to the last.
    cast({{ dbt.datediff('totals.first_order_day', 'totals.last_opened_day', 'day') }} as double)
    / nullif(totals.order_count - 1, 0) as average_days_between_orders,
    totals.unit_count,
    coalesce(products.distinct_product_count, 0) as distinct_product_count,
    -- Payments name no units.
    cast(nullif(totals.unit_count, 0) as double) / totals.order_count as average_units_per_order,
    cast(totals.sale_line_count as double) / totals.order_count as average_lines_per_order,
    totals.largest_order_amount,
    last_orders.order_amount as last_order_amount,
    cast(totals.morning_order_count as double) / totals.order_count as morning_order_share,
    cast(totals.weekend_order_count as double) / totals.order_count as weekend_order_share,
    cast(totals.discounted_line_count + coalesce(log_promos.promo_line_count, 0) as double) / totals.sale_line_count
        as promo_line_share
from {{ ref('int_customer_totals') }} as totals
left join last_orders
    on totals.customer_id = last_orders.customer_id
left join products
    on totals.customer_id = products.customer_id
left join log_promos
    on totals.customer_id = log_promos.customer_id
where totals.order_count > 0
