-- Transactions of all kinds in one form: canonical lines and payments, and the lines of the point-of-sale log. Nothing is
-- dropped here; the class says what a row may be used for. Rows delivered twice are still there twice.

with typed as (
    select
        transaction_id,
        nullif(order_id, '') as order_id,
        nullif(trim(customer_id), '') as customer_id,
        transaction_at,
        lower(trim(transaction_type)) in ('return', 'refund', 'reversal', 'chargeback', 'credit note') as is_return,
        nullif(product_id, '') as product_id,
        nullif(merchant_category_id, '') as merchant_category_id,
        lower(nullif(trim(channel), '')) as channel,
        quantity,
        unit_price,
        abs(discount_amount) as discount_amount,
        -- A discount makes a sale smaller, and what is given back for it as well.
        coalesce(
            amount,
            cast(
                quantity * unit_price - sign(quantity * unit_price) * abs(coalesce(discount_amount, 0))
                as decimal(18, 2)
            )
        ) as stated_amount,
        upper(nullif(trim(currency), '')) as currency,
        nullif(trim(country), '') as country,
        coalesce(_load_id, 0) as _load_id,
        coalesce(_file, '') as _file,
        coalesce(_line, 0) as _line,
        _loaded_at
    from {{ source('bronze', 'transactions') }}
),

-- Some systems write refunds as positive amounts, or as positive units of a negative amount.
signed as (
    select
        *,
        case when is_return then -abs(stated_amount) else stated_amount end as amount,
        case when is_return or stated_amount < 0 then -abs(quantity) else quantity end as signed_quantity
    from typed
)

select
    transaction_id,
    order_id,
    customer_id,
    transaction_at,
    cast(transaction_at as date) as transaction_day,
    -- The order of the branches is the order of the rules, as for the lines of the log.
    case
        when transaction_at is null or transaction_at > _loaded_at then 'suspicious'
        {%- if var('currency') is not none %}
        -- Money of two currencies has no sum.
        when currency <> '{{ var('currency') | upper }}' then 'suspicious'
        {%- endif %}
        when coalesce(amount, 0) = 0 then 'zero_value'
        when amount < 0 then 'return'
        when customer_id is null then 'guest'
        else 'sale'
    end as transaction_class,
    product_id,
    merchant_category_id,
    channel,
    signed_quantity as quantity,
    unit_price,
    discount_amount,
    amount,
    country,
    'transactions' as source_system,
    _load_id,
    _file,
    _line
from signed

union all

select
    transaction_id,
    order_id,
    customer_id,
    transaction_at,
    cast(transaction_at as date) as transaction_day,
    transaction_class,
    product_id,
    cast(null as {{ dbt.type_string() }}) as merchant_category_id,
    cast(null as {{ dbt.type_string() }}) as channel,
    quantity,
    unit_price,
    cast(null as decimal(18, 2)) as discount_amount,
    amount,
    country,
    'transaction_logs' as source_system,
    _load_id,
    _file,
    _line
from {{ ref('stg_log_transactions') }}
