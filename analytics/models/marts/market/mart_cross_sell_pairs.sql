-- What is bought together: pairs of products, and of ranges, in orders with at least two of
-- them. Both directions have a row, as confidence has a direction. Pairs are looked for among
-- the items with most orders (var cross_sell_items), which bounds their number whatever the
-- baskets are like, and kept from a number of orders on (var cross_sell_min_orders). Of very
-- many orders the newest days are enough: as many as hold cross_sell_max_lines lines.
--
-- It reads all transactions, since baskets are in no smaller table, and the table and not the
-- view, whose joins it does not need.

{% set in_baskets -%}
        in_net_revenue
        and order_id is not null
        and product_id is not null
        and transaction_class <> 'return'
        and {{ before_snapshot('transaction_day') }}
{%- endset %}
{% set first_day = newest_days_with(var('cross_sell_max_lines'), ref('int_transactions'), 'transaction_day', in_baskets) %}

with days as (
    select
        transaction_day,
        count(*) as line_count
    from {{ ref('int_transactions') }}
    where
        {{ in_baskets }}
        {%- if first_day %}
        and transaction_day >= {{ sql_date(first_day) }}
        {%- endif %}
    group by transaction_day
),

running_days as (
    select
        transaction_day,
        sum(line_count) over (order by transaction_day desc) - line_count as newer_line_count
    from days
),

lines as (
    select
        order_id,
        product_id
    from {{ ref('int_transactions') }}
    where
        {{ in_baskets }}
        and transaction_day >= (
            select min(transaction_day)
            from running_days
            where newer_line_count < {{ var('cross_sell_max_lines') }}
        )
    group by
        order_id,
        product_id
),

items as (
    select
        'product' as item_kind,
        order_id,
        product_id as item
    from lines
    union all
    select distinct
        'category' as item_kind,
        lines.order_id,
        products.category as item
    from lines
    inner join {{ ref('dim_product') }} as products
        on lines.product_id = products.product_id
    where products.category is not null
),

baskets as (
    select
        item_kind,
        order_id
    from items
    group by
        item_kind,
        order_id
    having count(*) > 1
),

basket_counts as (
    select
        item_kind,
        count(*) as basket_count
    from baskets
    group by item_kind
),

basket_items as (
    select
        items.item_kind,
        items.order_id,
        items.item
    from items
    inner join baskets
        on
            items.item_kind = baskets.item_kind
            and items.order_id = baskets.order_id
),

item_counts as (
    select
        item_kind,
        item,
        count(*) as order_count,
        row_number() over (
            partition by item_kind
            order by count(*) desc, item
        ) as item_rank
    from basket_items
    group by
        item_kind,
        item
),

common_items as (
    select
        basket_items.item_kind,
        basket_items.order_id,
        basket_items.item
    from basket_items
    inner join item_counts
        on
            basket_items.item_kind = item_counts.item_kind
            and basket_items.item = item_counts.item
    where item_counts.item_rank <= {{ var('cross_sell_items') }}
),

pairs as (
    select
        one.item_kind,
        one.item,
        other.item as other_item,
        count(*) as pair_order_count
    from common_items as one
    inner join common_items as other
        on
            one.item_kind = other.item_kind
            and one.order_id = other.order_id
            and one.item < other.item
    group by
        one.item_kind,
        one.item,
        other.item
    having count(*) >= {{ var('cross_sell_min_orders') }}
),

both_directions as (
    select
        item_kind,
        item,
        other_item,
        pair_order_count
    from pairs
    union all
    select
        item_kind,
        other_item as item,
        item as other_item,
        pair_order_count
    from pairs
),

counted as (
    select
        both_directions.item_kind,
        both_directions.item,
        both_directions.other_item,
        basket_counts.basket_count,
        one.order_count as item_order_count,
        other.order_count as other_order_count,
        both_directions.pair_order_count
    from both_directions
    inner join basket_counts
        on both_directions.item_kind = basket_counts.item_kind
    inner join item_counts as one
        on
            both_directions.item_kind = one.item_kind
            and both_directions.item = one.item
    inner join item_counts as other
        on
            both_directions.item_kind = other.item_kind
            and both_directions.other_item = other.item
),

rates as (
    select
        *,
        {{ share_of('pair_order_count', 'basket_count') }} as support,
        {{ share_figures('pair_order_count', 'item_order_count', 'confidence') }},
        {{ share_of('other_order_count', 'basket_count') }} as other_share
    from counted
)

select
    {{ surrogate_key(['rates.item_kind', 'rates.item', 'rates.other_item']) }} as cross_sell_key,
    rates.item_kind,
    rates.item,
    coalesce(one.product_name, rates.item) as item_name,
    rates.other_item,
    coalesce(other.product_name, rates.other_item) as other_item_name,
    rates.basket_count,
    rates.item_order_count,
    rates.other_order_count,
    rates.pair_order_count,
    rates.support,
    rates.confidence,
    rates.confidence_low,
    rates.confidence_high,
    rates.other_share,
    rates.confidence / rates.other_share as lift,
    rates.confidence_low > rates.other_share as is_above_chance
from rates
left join {{ ref('dim_product') }} as one
    on
        rates.item_kind = 'product'
        and rates.item = one.product_id
left join {{ ref('dim_product') }} as other
    on
        rates.item_kind = 'product'
        and rates.other_item = other.product_id
