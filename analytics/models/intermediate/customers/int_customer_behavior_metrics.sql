-- How customers buy: rhythm, basket, range, timing and use of discounts. Purchases only.

-- A basket is the sale lines of one customer under one order number; a line without one is an order of its own. They are
-- read apart, since putting single lines together would cost as much as all the rest.
with baskets as (
    select
        customer_id,
        order_id,
        min(transaction_at) as ordered_at,
        sum(amount) as order_amount,
        min(country) as country
    from {{ ref('fct_transactions') }}
    where
        in_behaviour_models
        and order_id is not null
        and {{ before_snapshot('transaction_day') }}
    group by
        customer_id,
        order_id
),

largest_orders as (
    select
        customer_id,
        cast(max(order_amount) as decimal(18, 2)) as largest_order_amount
    from (
        select
            customer_id,
            max(order_amount) as order_amount
        from baskets
        group by customer_id

        union all

        select
            customer_id,
            max(amount) as order_amount
        from {{ ref('fct_transactions') }}
        where
            in_behaviour_models
            and order_id is null
            and {{ before_snapshot('transaction_day') }}
        group by customer_id
    ) as kinds
    group by customer_id
),

-- Of two orders at the same moment the one with the greater number is the last.
last_orders as (
    select
        customer_id,
        cast(order_amount as decimal(18, 2)) as order_amount,
        country
    from (
        select
            orders.customer_id,
            orders.order_amount,
            orders.country,
            row_number() over (
                partition by orders.customer_id
                order by orders.order_number desc
            ) as newest_first
        from (
            select
                baskets.customer_id,
                baskets.order_id as order_number,
                baskets.order_amount,
                baskets.country
            from baskets
            inner join {{ ref('int_customer_totals') }} as totals
                on
                    baskets.customer_id = totals.customer_id
                    and baskets.ordered_at = totals.last_opened_at

            union all

            select
                lines.customer_id,
                lines.transaction_id as order_number,
                lines.amount as order_amount,
                lines.country
            from {{ ref('fct_transactions') }} as lines
            inner join {{ ref('int_customer_totals') }} as totals
                on
                    lines.customer_id = totals.customer_id
                    and lines.transaction_at = totals.last_opened_at
            where
                lines.in_behaviour_models
                and lines.order_id is null
        ) as orders
    ) as numbered
    where newest_first = 1
),

products as (
    select
        customer_id,
        count(*) as distinct_product_count
    from {{ ref('int_customer_products') }}
    group by customer_id
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
    largest_orders.largest_order_amount,
    last_orders.order_amount as last_order_amount,
    cast(totals.morning_order_count as double) / totals.order_count as morning_order_share,
    cast(totals.weekend_order_count as double) / totals.order_count as weekend_order_share,
    cast(totals.discounted_line_count + coalesce(log_promos.promo_line_count, 0) as double) / totals.sale_line_count
        as promo_line_share
from {{ ref('int_customer_totals') }} as totals
left join largest_orders
    on totals.customer_id = largest_orders.customer_id
left join last_orders
    on totals.customer_id = last_orders.customer_id
left join products
    on totals.customer_id = products.customer_id
left join log_promos
    on totals.customer_id = log_promos.customer_id
where totals.order_count > 0
