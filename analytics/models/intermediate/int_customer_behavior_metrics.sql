-- How customers buy: rhythm, basket, range, timing and use of discounts. Purchases only.

with orders as (
    select
        customer_id,
        invoice_no,
        ordered_at,
        order_day,
        line_count,
        unit_count,
        order_amount,
        country,
        row_number() over (
            partition by customer_id
            order by ordered_at desc, invoice_no desc
        ) as newest_first,
        lag(order_day) over (partition by customer_id order by ordered_at, invoice_no) as previous_order_day
    from {{ ref('int_customer_orders') }}
),

per_customer as (
    select
        customer_id,
        count(*) as order_count,
        count(distinct order_day) as active_day_count,
        count(distinct {{ dbt.date_trunc('month', 'order_day') }}) as active_month_count,
        min(order_day) as first_order_day,
        max(order_day) as last_order_day,
        cast(sum(unit_count) as bigint) as unit_count,
        cast(sum(line_count) as bigint) as line_count,
        max(order_amount) as largest_order_amount,
        avg({{ dbt.datediff('previous_order_day', 'order_day', 'day') }}) as average_days_between_orders,
        max(case when newest_first = 1 then country end) as country,
        max(case when newest_first = 1 then order_amount end) as last_order_amount,
        sum(case when extract(hour from ordered_at) < 12 then 1 else 0 end) as morning_order_count,
        sum(case when extract(dow from order_day) in (0, 6) then 1 else 0 end) as weekend_order_count
    from orders
    group by customer_id
),

products as (
    select
        customer_id,
        count(distinct product_code) as distinct_product_count,
        sum(case when is_promo then 1 else 0 end) as promo_line_count,
        count(*) as line_count
    from {{ ref('int_line_promo_flags') }}
    where
        line_class = 'sale'
        and invoice_day < (select snapshot_date from {{ ref('int_snapshot') }})
    group by customer_id
)

select
    per_customer.customer_id,
    per_customer.country,
    per_customer.first_order_day,
    per_customer.last_order_day,
    per_customer.order_count,
    per_customer.active_day_count,
    per_customer.active_month_count,
    per_customer.order_count > 1 as is_repeat_customer,
    per_customer.average_days_between_orders,
    per_customer.unit_count,
    products.distinct_product_count,
    cast(per_customer.unit_count as double) / per_customer.order_count as average_units_per_order,
    cast(per_customer.line_count as double) / per_customer.order_count as average_lines_per_order,
    per_customer.largest_order_amount,
    per_customer.last_order_amount,
    cast(per_customer.morning_order_count as double) / per_customer.order_count as morning_order_share,
    cast(per_customer.weekend_order_count as double) / per_customer.order_count as weekend_order_share,
    cast(products.promo_line_count as double) / products.line_count as promo_line_share
from per_customer
inner join products
    on per_customer.customer_id = products.customer_id
