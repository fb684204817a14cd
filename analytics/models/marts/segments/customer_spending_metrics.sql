-- How much, how often and how evenly each customer buys: trailing windows, momentum,
-- categories, use of the credit limit. Windows end with the day before the snapshot date.

{% set windows = {30: 1, 90: 3, 180: 6} %}

with periods as (
    select
        customer_id,
        {%- for days, count in windows.items() %}
        sum(case when period_index < {{ count }} then gross_revenue else 0 end) as spend_{{ days }}d,
        sum(case when period_index < {{ count }} then net_revenue else 0 end) as net_revenue_{{ days }}d,
        sum(case when period_index < {{ count }} then order_count else 0 end) as order_count_{{ days }}d,
        {%- endfor %}
        sum(case when is_last_365_days then gross_revenue else 0 end) as spend_365d,
        sum(case when is_last_365_days then net_revenue else 0 end) as net_revenue_365d,
        sum(case when is_last_365_days then order_count else 0 end) as order_count_365d,
        sum(case when period_index between 3 and 5 then gross_revenue else 0 end) as spend_prior_90d,
        sum(case when period_index between 3 and 5 then order_count else 0 end) as order_count_prior_90d,
        sum(case when period_index between 3 and 11 then gross_revenue else 0 end) as spend_prior_270d,
        sum(case when period_index between 3 and 11 then order_count else 0 end) as order_count_prior_270d,
        sum(case when period_index < 12 then gross_revenue else 0 end) as spend_360d,
        count(distinct case when period_index < 12 and active_day_count > 0 then period_index end) as active_period_count
    from {{ ref('int_customer_periods') }}
    group by customer_id
),

-- A period may stand in two rows, where the 365 days end inside it.
period_sums as (
    select
        customer_id,
        period_index,
        sum(gross_revenue) as spend
    from {{ ref('int_customer_periods') }}
    where period_index < 12
    group by
        customer_id,
        period_index
),

squares as (
    select
        customer_id,
        sum({{ exact_product('spend', 'spend') }}) as square_sum
    from period_sums
    group by customer_id
),

months as (
    select
        customer_id,
        month_start,
        order_count,
        active_day_count,
        first_order_day,
        last_order_day,
        gross_revenue,
        discount_amount,
        sale_line_count,
        discounted_line_count,
        largest_line_amount,
        travel_amount,
        necessity_amount,
        discretionary_amount,
        known_product_amount,
        sustainable_amount,
        lag(last_order_day) over (partition by customer_id order by month_start) as previous_order_day
    from {{ ref('int_customer_monthly') }}
    -- A month of returns alone has no order day and ends no gap.
    where active_day_count > 0
),

lifetime as (
    select
        customer_id,
        count(*) as active_month_count,
        sum(active_day_count) as active_day_count,
        sum(gross_revenue) as gross_revenue,
        sum(discount_amount) as discount_amount,
        sum(sale_line_count) as sale_line_count,
        sum(discounted_line_count) as discounted_line_count,
        max(largest_line_amount) as largest_line_amount,
        sum(travel_amount) as travel_amount,
        sum(necessity_amount) as necessity_amount,
        sum(discretionary_amount) as discretionary_amount,
        sum(known_product_amount) as known_product_amount,
        sum(sustainable_amount) as sustainable_amount,
        max({{ dbt.datediff('previous_order_day', 'first_order_day', 'day') }}) as longest_gap_days
    from months
    group by customer_id
),

joined as (
    select
        rfm.customer_id,
        rfm.snapshot_date,
        rfm.first_order_day,
        rfm.last_order_day,
        rfm.recency,
        rfm.tenure,
        -- Periods since the first purchase, that of the purchase included, twelve at most.
        least(12, cast(ceil(rfm.tenure / {{ period_days() }}.0) as integer)) as lived_period_count,
        aov.order_count,
        aov.net_revenue,
        aov.average_order_value,
        {%- for days in windows %}
        periods.spend_{{ days }}d,
        periods.net_revenue_{{ days }}d,
        periods.order_count_{{ days }}d,
        {%- endfor %}
        periods.spend_365d,
        periods.net_revenue_365d,
        periods.order_count_365d,
        periods.spend_prior_90d,
        periods.order_count_prior_90d,
        periods.spend_prior_270d,
        periods.order_count_prior_270d,
        periods.spend_360d,
        periods.active_period_count,
        coalesce(squares.square_sum, 0) as square_sum,
        lifetime.active_month_count,
        lifetime.active_day_count,
        lifetime.gross_revenue,
        lifetime.discount_amount,
        lifetime.sale_line_count,
        lifetime.discounted_line_count,
        lifetime.largest_line_amount,
        lifetime.travel_amount,
        lifetime.necessity_amount,
        lifetime.discretionary_amount,
        lifetime.known_product_amount,
        lifetime.sustainable_amount,
        lifetime.longest_gap_days,
        customers.credit_limit
    from {{ ref('int_customer_rfm_values') }} as rfm
    inner join {{ ref('int_customer_aov') }} as aov
        on rfm.customer_id = aov.customer_id
    inner join periods
        on rfm.customer_id = periods.customer_id
    inner join lifetime
        on rfm.customer_id = lifetime.customer_id
    left join squares
        on rfm.customer_id = squares.customer_id
    left join {{ ref('stg_customer_data') }} as customers
        on rfm.customer_id = customers.customer_id
)

select
    customer_id,
    snapshot_date,
    first_order_day,
    last_order_day,
    recency,
    tenure,
    {%- for days in windows.keys() | list + [365] %}
    cast(spend_{{ days }}d as decimal(18, 2)) as spend_{{ days }}d,
    {%- endfor %}
    cast(gross_revenue as decimal(18, 2)) as lifetime_spend,
    cast(net_revenue as decimal(18, 2)) as lifetime_net_revenue,
    {%- for days in windows.keys() | list + [365] %}
    cast(order_count_{{ days }}d as bigint) as order_count_{{ days }}d,
    {%- endfor %}
    order_count as lifetime_order_count,
    {%- for days in windows.keys() | list + [365] %}
    cast(net_revenue_{{ days }}d / nullif(order_count_{{ days }}d, 0) as decimal(18, 4)) as average_order_value_{{ days }}d,
    {%- endfor %}
    average_order_value as lifetime_average_order_value,
    cast(spend_prior_90d as decimal(18, 2)) as spend_prior_90d,
    cast(order_count_prior_90d as bigint) as order_count_prior_90d,
    {{ share_of('spend_90d', 'spend_prior_90d') }} as spend_momentum,
    {{ share_of('order_count_90d', 'order_count_prior_90d') }} as order_momentum,
    cast(spend_prior_270d as decimal(18, 2)) as spend_prior_270d,
    cast(order_count_prior_270d as bigint) as order_count_prior_270d,
    lived_period_count,
    cast(active_period_count as integer) as active_period_count,
    cast(spend_360d / lived_period_count as decimal(18, 4)) as monthly_spend_mean,
    {{ exact_sd('lived_period_count', 'spend_360d', 'square_sum') }} as monthly_spend_sd,
    active_month_count,
    cast(active_day_count as bigint) as active_day_count,
    {{ share_of(dbt.datediff('first_order_day', 'last_order_day', 'day'), 'active_day_count - 1') }} as mean_gap_days,
    longest_gap_days,
    {{ share_of('travel_amount', 'gross_revenue') }} as travel_share,
    {{ share_of('necessity_amount', 'gross_revenue') }} as necessity_share,
    {{ share_of('discretionary_amount', 'gross_revenue') }} as discretionary_share,
    {{ share_of('gross_revenue - travel_amount - necessity_amount - discretionary_amount', 'gross_revenue') }}
        as uncategorised_share,
    {{ share_of('sustainable_amount', 'known_product_amount') }} as sustainable_share,
    {{ share_of('discounted_line_count', 'sale_line_count') }} as discounted_line_share,
    cast(discount_amount as decimal(18, 2)) as discount_amount,
    largest_line_amount,
    credit_limit,
    {{ share_of('spend_30d', 'credit_limit') }} as utilisation
from joined
