-- The one stored copy of all transactions: each once, with its class, the key of the customer as of its time, and a mark
-- on one line of each order, and with what product and category say of it, so that nobody has to join sixty million rows
-- again. An incremental run takes the rows of new loads and restates what they touch: corrected transactions, the other
-- lines of their orders, the lines of customers of whom another version came to light, and the lines of products and
-- categories that changed.

-- Named here as they are asked for on an incremental run only.
-- depends_on: {{ source('bronze', 'loads') }}
-- depends_on: {{ ref('customer_history') }}

{{ config(
    materialized='incremental',
    incremental_strategy='replace_in_days',
    on_schema_change='fail',
    pre_hook="{{ delete_when_vanished() }}"
) }}

{%- set columns = [
    'transaction_id', 'order_id', 'customer_id', 'transaction_at', 'transaction_day', 'transaction_class', 'product_id',
    'merchant_category_id', 'channel', 'quantity', 'discount_amount', 'amount', 'country', 'source_system', '_load_id', '_line',
] -%}
{%- set stored_columns = columns + ['product_category_id'] -%}
{%- set build_number = stored_max('_build_number') | int + 1 if is_incremental() else 1 -%}
{%- set in_part = is_incremental() and not transactions_vanished() -%}
{%- set delivered = 'delivered' if in_part else ref('stg_transactions') %}

{% if in_part -%}
{%- set newest_load = stored_max('_load_id') -%}
{%- set newest_dimension = newest_dimension_load() -%}
{%- set fresh -%}
select {{ columns | join(', ') }}
from {{ ref('stg_transactions') }}
where
    source_system = 'transactions'
    and _load_id > {{ newest_load }}

union all

-- The class of a line of the log may change with other lines and with the seeds, so all of them are compared.
select {{ columns | join(', ') }}
from (
    select {{ columns | join(', ') }}
    from {{ ref('stg_transactions') }}
    where source_system = 'transaction_logs'
    except
    select {{ columns | join(', ') }}
    from {{ this }}
    where source_system = 'transaction_logs'
) as changed_lines
{%- endset -%}

{#- Stored rows are read on the days only where those lie that are looked for. -#}
{%- set customers_of_new_versions -%}
select customer_id
from {{ ref('customer_history') }}
where _load_id > {{ newest_load }}
{%- endset -%}
{#- Days of wrong clocks lie in all blocks, so that what begins on a day and has no end would read whole rows of them all. -#}
{%- set rekeyed_days = stored_days(
    "transaction_day >= " ~ sql_date(first_rekeyed_day(newest_load))
    ~ " and " ~ after_days('customer_id') ~ " in (" ~ customers_of_new_versions ~ ")"
) -%}
{%- set known_days = stored_days(
    "transaction_lookup in (select " ~ lookup_key('transaction_id') ~ " from (" ~ fresh ~ ") as fresh)"
) -%}
{%- set changes -%}
with fresh as (
    {{ fresh | indent(4) }}
),

-- Stored rows that come again.
replaced_by_fresh as (
    select {{ prefixed(stored_columns, 'stored') }}
    from {{ this }} as stored
    where
        {{ in_periods('stored.transaction_day', known_days) }}
        and {{ after_days('stored.transaction_id') }} in (select transaction_id from fresh)
),

-- Stored rows of customers of whom another version came to light, and of products and categories that changed.
restated as (
    select {{ prefixed(stored_columns, 'stored') }}
    from {{ this }} as stored
    inner join {{ ref('int_customer_versions') }} as versions
        on
            {{ after_days('stored.customer_id') }} = versions.customer_id
            and {{ time_after_days('stored.transaction_at') }} >= versions.valid_from
            and {{ time_after_days('stored.transaction_at') }} < versions.valid_to
    where
        {{ in_periods('stored.transaction_day', rekeyed_days) }}
        and {{ after_days('stored.customer_id') }} in (
            {{ customers_of_new_versions | indent(12) }}
        )
        and stored.customer_key <> versions.customer_key
    {%- if newest_dimension > newest_load %}

    union all

    select {{ prefixed(stored_columns, 'stored') }}
    from {{ this }} as stored
    left join {{ ref('dim_product') }} as products
        on stored.product_id = products.product_id
    left join {{ ref('dim_merchant_category') }} as categories
        on coalesce(stored.merchant_category_id, products.merchant_category_id) = categories.merchant_category_id
    where
        stored.unit_cost is distinct from products.unit_cost
        or stored.is_sustainable is distinct from products.is_sustainable
        or stored.is_known_category is distinct from (categories.merchant_category_id is not null)
        or stored.category_group is distinct from categories.category_group
        or (
            stored.merchant_category_id is null
            and stored.product_category_id is distinct from products.merchant_category_id
        )
    {%- endif %}
),

-- Which line stands for an order can be told only from all of its lines: of the orders that lines came to, and of those
-- that they left.
touched_orders as (
    select order_id
    from (
        select order_id from fresh
        union
        select order_id from replaced_by_fresh
        union
        select order_id from restated
    ) as touched
    where order_id is not null
)
{%- endset -%}
{%- set order_days = stored_days("order_lookup in (select " ~ lookup_key('order_id') ~ " from touched_orders)", changes) %}

{{ changes }},

touched as (
    select *
    from (
        select * from restated

        union

        select {{ prefixed(stored_columns, 'stored') }}
        from {{ this }} as stored
        where
            {{ in_periods('stored.transaction_day', order_days) }}
            and {{ after_days('stored.order_id') }} in (select order_id from touched_orders)
    ) as stored
    where not exists (select 1 from fresh where fresh.transaction_id = stored.transaction_id)
),

delivered as (
    select {{ columns | join(', ') }} from fresh
    union all
    select {{ columns | join(', ') }} from touched
),

replaced as (
    select * from replaced_by_fresh
    union all
    select * from touched
),

{% endif -%}
{{ 'with ' if not in_part }}repeated as (
    select transaction_id
    from {{ delivered }}
    group by transaction_id
    having count(*) > 1
),

-- Of a transaction that was delivered several times the last delivery counts.
last_deliveries as (
    select {{ columns | join(', ') }}
    from (
        select
            {{ prefixed(columns, 'deliveries') }},
            row_number() over (
                partition by deliveries.transaction_id
                order by deliveries._load_id desc, deliveries._line desc, deliveries.amount desc
            ) as newest_first
        from {{ delivered }} as deliveries
        inner join repeated
            on deliveries.transaction_id = repeated.transaction_id
    ) as numbered
    where newest_first = 1
),

-- The lines of baskets are read on their own, so that the engine need not keep all rows to read them twice.
basket_lines as (
    select
        lines.transaction_id,
        lines.order_id,
        lines.customer_id,
        lines.transaction_at,
        lines.transaction_class,
        lines.amount
    from {{ delivered }} as lines
    left join repeated
        on lines.transaction_id = repeated.transaction_id
    where
        lines.order_id is not null
        and repeated.transaction_id is null

    union all

    select
        transaction_id,
        order_id,
        customer_id,
        transaction_at,
        transaction_class,
        amount
    from last_deliveries
    where order_id is not null
),

-- One line stands for its order: the first sale line, or the first line where nothing was sold. It has what was sold under
-- the order.
first_lines as (
    select
        transaction_id,
        order_amount
    from (
        select
            basket_lines.transaction_id,
            sum(case when basket_lines.transaction_class = 'return' then 0 else basket_lines.amount end) over (
                partition by basket_lines.order_id, basket_lines.customer_id
            ) as order_amount,
            row_number() over (
                partition by basket_lines.order_id, basket_lines.customer_id
                order by
                    case when basket_lines.transaction_class = 'return' then 1 else 0 end,
                    basket_lines.transaction_at,
                    basket_lines.transaction_id
            ) as line_number
        from basket_lines
        inner join {{ ref('line_classes') }} as classes
            on basket_lines.transaction_class = classes.line_class
        where classes.in_net_revenue
    ) as numbered
    where line_number = 1
),

lines as (
    select {{ prefixed(columns, 'deliveries') }}
    from {{ delivered }} as deliveries
    left join repeated
        on deliveries.transaction_id = repeated.transaction_id
    where repeated.transaction_id is null

    union all

    select {{ columns | join(', ') }}
    from last_deliveries
),

marked as (
    select
        lines.*,
        coalesce(classes.in_net_revenue, false) as in_net_revenue,
        coalesce(classes.in_net_revenue, false)
        and (lines.order_id is null or first_lines.transaction_id is not null) as opens_document,
        coalesce(first_lines.order_amount, lines.amount) as order_amount
    from lines
    left join {{ ref('line_classes') }} as classes
        on lines.transaction_class = classes.line_class
    left join first_lines
        on lines.transaction_id = first_lines.transaction_id
)

select
    {{ prefixed(columns, 'marked') }},
    marked.in_net_revenue,
    marked.opens_document,
    marked.opens_document and marked.transaction_class <> 'return' as opens_order,
    case
        when marked.opens_document and marked.transaction_class <> 'return'
            then cast(marked.order_amount as decimal(18, 2))
    end as order_amount,
    -- A customer without a record has the key that the first version of a record would have.
    case
        when versions.customer_key is not null then versions.customer_key
        when marked.customer_id is not null then {{ surrogate_id(['marked.customer_id', "cast('1900-01-01' as timestamp)"]) }}
    end as customer_key,
    products.unit_cost,
    products.is_sustainable,
    case when marked.merchant_category_id is null then products.merchant_category_id end as product_category_id,
    categories.merchant_category_id is not null as is_known_category,
    categories.category_group,
    -- What the row replaced, so that sums over all transactions can be changed by what changed (int_transaction_changes).
    {% if in_part -%}
    replaced.transaction_day as replaced_day,
    replaced.transaction_class as replaced_class,
    replaced.source_system as replaced_source_system,
    replaced.customer_id as replaced_customer_id,
    replaced.product_id as replaced_product_id,
    coalesce(replaced.merchant_category_id, replaced.product_category_id) as replaced_merchant_category_id,
    replaced.quantity as replaced_quantity,
    replaced.amount as replaced_amount,
    {%- else -%}
    cast(null as date) as replaced_day,
    cast(null as {{ dbt.type_string() }}) as replaced_class,
    cast(null as {{ dbt.type_string() }}) as replaced_source_system,
    cast(null as {{ dbt.type_string() }}) as replaced_customer_id,
    cast(null as {{ dbt.type_string() }}) as replaced_product_id,
    cast(null as {{ dbt.type_string() }}) as replaced_merchant_category_id,
    cast(null as bigint) as replaced_quantity,
    cast(null as decimal(18, 2)) as replaced_amount,
    {%- endif %}
    {{ lookup_key('marked.transaction_id') }} as transaction_lookup,
    {{ lookup_key('marked.order_id') }} as order_lookup,
    {{ build_number }} as _build_number
from marked
left join {{ ref('int_customer_versions') }} as versions
    on
        marked.customer_id = versions.customer_id
        and marked.transaction_at >= versions.valid_from
        and marked.transaction_at < versions.valid_to
left join {{ ref('dim_product') }} as products
    on marked.product_id = products.product_id
left join {{ ref('dim_merchant_category') }} as categories
    on coalesce(marked.merchant_category_id, products.merchant_category_id) = categories.merchant_category_id
{%- if in_part %}
left join replaced
    on marked.transaction_id = replaced.transaction_id
{%- endif %}
