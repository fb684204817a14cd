-- Sale and guest lines before the snapshot date beside the regular price of their product and month. A line that much
-- below it is discounted: a promotion, a quantity break or a deal.

with compared as (
    select
        lines._load_id,
        lines._file,
        lines._line,
        lines.line_class,
        lines.invoice_no,
        lines.product_code,
        lines.customer_id,
        lines.invoice_day,
        lines.quantity,
        lines.unit_price,
        lines.amount,
        prices.era_number,
        prices.regular_price
    from {{ ref('stg_transaction_logs') }} as lines
    left join {{ ref('int_sku_monthly_prices') }} as prices
        on
            lines.product_code = prices.product_code
            and cast({{ dbt.date_trunc('month', 'lines.invoice_day') }} as date) = prices.price_month
    where
        lines.line_class in ('sale', 'guest')
        and {{ before_snapshot('lines.invoice_day') }}
)

select
    *,
    cast(1 - unit_price / regular_price as double) as discount_rate,
    coalesce(unit_price <= (1 - {{ var('price_tolerance') }}) * regular_price, false) as is_promo
from compared
