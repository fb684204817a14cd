-- Sales and days with a purchase by customer and month, beside the attributes that figures are grouped by, so that whole months
-- by several attributes and distinct customers of any range are read from one row a customer and month. Customers are
-- numbered, as numbers are counted faster than texts; lines without a customer are a row a month without a number. Made
-- anew, as attributes change with the snapshot date.

with numbered as (
    select
        customers.*,
        numbers.customer_number as _customer_number,
        cast(row_number() over (order by customers.customer_id) as integer) as customer_number
    from {{ ref('metric_customers') }} as customers
    left join {{ ref('int_customer_numbers') }} as numbers
        on customers.customer_id = numbers.customer_id
)

select
    numbered.customer_number,
    monthly.month_start,
    coalesce(bits.active_day_bits, 0) as active_day_bits,
    {%- for name in metric_attributes() %}
    numbered.{{ name }},
    {%- endfor %}
    monthly.order_count,
    monthly.unit_count,
    monthly.sale_line_count as sold_line_count,
    monthly.return_line_count,
    monthly.gross_revenue as sold_amount,
    monthly.returns_amount as return_amount,
    monthly.net_revenue,
    monthly.net_margin
from {{ ref('int_customer_monthly') }} as monthly
left join {{ ref('metric_customer_months') }} as bits
    on
        monthly._customer_number = bits._customer_number
        and monthly.month_start = bits.month_start
left join numbered
    on monthly._customer_number = numbered._customer_number

union all

select
    cast(null as integer) as customer_number,
    cast({{ dbt.date_trunc('month', 'transaction_day') }} as date) as month_start,
    0 as active_day_bits,
    {%- for name in metric_attributes() %}
    cast(null as {{ dbt.type_string() }}) as {{ name }},
    {%- endfor %}
    cast(sum(order_count) as bigint) as order_count,
    cast(sum(unit_count) as bigint) as unit_count,
    cast(sum(sold_line_count) as bigint) as sold_line_count,
    cast(sum(return_line_count) as bigint) as return_line_count,
    cast(sum(sold_amount) as decimal(18, 2)) as sold_amount,
    cast(sum(return_amount) as decimal(18, 2)) as return_amount,
    cast(sum(net_revenue) as decimal(18, 2)) as net_revenue,
    cast(sum(net_margin) as decimal(18, 4)) as net_margin
from {{ ref('metric_daily') }}
where customer_type = 'Guest'
group by cast({{ dbt.date_trunc('month', 'transaction_day') }} as date)

order by
    month_start,
    customer_number
