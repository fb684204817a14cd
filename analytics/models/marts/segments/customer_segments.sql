-- All segments of each known customer as of the snapshot date, exactly one of every kind.
-- Somebody who never bought has no behaviour to go by: new is who signed up not long ago, the
-- rest counts among the lowest of each kind, and has_purchased tells them apart.

with customers as (
    select
        customers.customer_id,
        snapshot.snapshot_date,
        customers.age,
        customers.income_band,
        {{ dbt.datediff('customers.signed_up_at', 'snapshot.snapshot_date', 'day') }}
            <= {{ seed_bound('spending_segment_bounds', 'new_max_tenure') }} as is_newly_signed_up
    from {{ ref('stg_customer_data') }} as customers
    cross join {{ ref('int_snapshot') }} as snapshot
)

select
    customers.customer_id,
    customers.snapshot_date as as_of_date,
    spending.customer_id is not null as has_purchased,
    case
        when spending.customer_id is not null then spending.spending_segment
        when customers.is_newly_signed_up then 'New & Growing'
        else 'Budget-Conscious'
    end as spending_segment,
    scores.rfm_cell,
    scores.rfm_segmentation,
    case
        when spending.customer_id is not null then rfm_groups.rfm_group
        when customers.is_newly_signed_up then 'New Customers'
        else 'Hibernating'
    end as rfm_group,
    case
        when spending.customer_id is not null then behaviour.behavioural_group
        else 'Window Shoppers'
    end as behavioural_group,
    coalesce(bands.age_band, 'Unknown') as age_band,
    coalesce(customers.income_band, 'unknown') as income_band,
    coalesce(bands.age_band, 'Unknown') || ', ' || coalesce(customers.income_band, 'unknown') || ' income'
        as demographic_segment,
    spending.spend_rate,
    spending.spend_percentile,
    spending.trend_index,
    spending.travel_share,
    behaviour.order_rate,
    behaviour.order_percentile,
    behaviour.top_quarter_share,
    behaviour.top_brand,
    behaviour.top_brand_share,
    spending.discounted_line_share
from customers
left join {{ ref('int_customer_spending_segments') }} as spending
    on customers.customer_id = spending.customer_id
left join {{ ref('int_customer_behavioural_groups') }} as behaviour
    on customers.customer_id = behaviour.customer_id
left join {{ ref('int_customer_rfm_segmentation') }} as scores
    on customers.customer_id = scores.customer_id
left join {{ ref('rfm_group_mapping') }} as rfm_groups
    on
        scores.r_score = rfm_groups.r_score
        and scores.f_score = rfm_groups.f_score
        and scores.m_score = rfm_groups.m_score
left join {{ ref('age_bands') }} as bands
    on
        customers.age >= bands.min_age
        and (customers.age <= bands.max_age or bands.max_age is null)
