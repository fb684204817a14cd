-- The windows of spending metrics against their definition, from the lines themselves and by
-- dates, for 200 customers.

{% set windows = [30, 90, 180, 365] %}

with sampled as (
    select
        customer_id,
        snapshot_date
    from (
        select
            customer_id,
            snapshot_date,
            row_number() over (order by {{ surrogate_key(['customer_id']) }}) as draw
        from {{ ref('int_customer_rfm_values') }}
    ) as drawn
    where draw <= 200
),

lines as (
    select
        sampled.customer_id,
        sampled.snapshot_date,
        facts.transaction_day,
        facts.amount,
        case when facts.opens_order then 1 else 0 end as order_count
    from {{ ref('fct_transactions') }} as facts
    inner join sampled
        on facts.customer_id = sampled.customer_id
    where
        facts.transaction_class = 'sale'
        and facts.transaction_day < sampled.snapshot_date
),

expected as (
    select
        customer_id,
        {%- for days in windows %}
        sum(
            case
                when transaction_day >= {{ dbt.dateadd('day', -days, 'snapshot_date') }} then amount
                else 0
            end
        ) as spend_{{ days }}d,
        sum(
            case
                when transaction_day >= {{ dbt.dateadd('day', -days, 'snapshot_date') }} then order_count
                else 0
            end
        ) as order_count_{{ days }}d,
        {%- endfor %}
        sum(
            case
                when
                    transaction_day >= {{ dbt.dateadd('day', -180, 'snapshot_date') }}
                    and transaction_day < {{ dbt.dateadd('day', -90, 'snapshot_date') }}
                    then amount
                else 0
            end
        ) as spend_prior_90d,
        sum(amount) as lifetime_spend
    from lines
    group by customer_id
)

select
    expected.customer_id,
    {%- for days in windows %}
    expected.spend_{{ days }}d as expected_{{ days }}d,
    spending.spend_{{ days }}d,
    {%- endfor %}
    expected.lifetime_spend as expected_lifetime,
    spending.lifetime_spend
from expected
left join {{ ref('customer_spending_metrics') }} as spending
    on expected.customer_id = spending.customer_id
where
    spending.customer_id is null
    {%- for days in windows %}
    or spending.spend_{{ days }}d <> expected.spend_{{ days }}d
    or spending.order_count_{{ days }}d <> expected.order_count_{{ days }}d
    {%- endfor %}
    or spending.spend_prior_90d <> expected.spend_prior_90d
    or spending.lifetime_spend <> expected.lifetime_spend
