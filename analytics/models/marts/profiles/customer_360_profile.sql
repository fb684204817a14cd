-- Everything that the shop knows of a customer in one row. What a source has not told stays
-- empty, and missing_parts names it.

with nps as (
    select
        customer_id,
        score,
        nps_group,
        responded_at,
        row_number() over (partition by customer_id order by responded_at desc, response_id desc) as newest_first
    from {{ ref('customer_satisfaction_scores') }}
    where
        survey_type = 'NPS'
        and customer_id is not null
),

surveys as (
    select
        customer_id,
        count(*) as answer_count,
        {{ share_of("sum(case when survey_type = 'CSAT' then score end)", "count(case when survey_type = 'CSAT' then 1 end)") }}
            as mean_csat_score,
        max(responded_at) as last_responded_at
    from {{ ref('customer_satisfaction_scores') }}
    where customer_id is not null
    group by customer_id
),

tickets as (
    select
        customer_id,
        count(*) as ticket_count,
        sum(case when is_open then 1 else 0 end) as open_ticket_count,
        {{ share_of('sum(satisfaction_score)', 'count(satisfaction_score)') }} as mean_ticket_satisfaction,
        max(opened_at) as last_ticket_opened_at
    from {{ ref('support_tickets') }}
    where customer_id is not null
    group by customer_id
),

messages as (
    select
        customer_id,
        sum(case when is_sent then 1 else 0 end) as message_count,
        sum(case when is_opened then 1 else 0 end) as opened_message_count,
        max(case when is_unsubscribed then 1 else 0 end) = 1 as has_unsubscribed
    from {{ ref('communication_logs') }}
    group by customer_id
),

joined as (
    select
        customers.customer_id,
        customers.first_name,
        customers.last_name,
        customers.email,
        customers.phone,
        customers.gender,
        customers.age,
        customers.city,
        customers.region,
        customers.country,
        customers.acquisition_channel,
        customers.signed_up_at,
        customers.account_status,
        customers.credit_limit,
        customers.is_inferred,
        customers.has_purchased,
        segments.as_of_date,
        segments.age_band,
        segments.income_band,
        segments.demographic_segment,
        segments.spending_segment,
        segments.rfm_segmentation,
        segments.rfm_group,
        segments.behavioural_group,
        clusters.segment_name as ml_segment_name,
        clusters.activity_status,
        spending.first_order_day,
        spending.last_order_day,
        spending.recency,
        spending.tenure,
        coalesce(spending.lifetime_order_count, 0) as order_count,
        coalesce(spending.lifetime_spend, 0) as lifetime_spend,
        -- Returns of what was bought before the first sale on record are money too.
        coalesce(totals.net_revenue, 0) as net_revenue,
        spending.lifetime_average_order_value as average_order_value,
        coalesce(spending.spend_30d, 0) as spend_30d,
        coalesce(spending.spend_90d, 0) as spend_90d,
        coalesce(spending.spend_365d, 0) as spend_365d,
        spending.spend_momentum,
        spending.utilisation,
        spending.mean_gap_days,
        spending.longest_gap_days,
        spending.travel_share,
        spending.necessity_share,
        spending.discretionary_share,
        spending.sustainable_share,
        spending.discounted_line_share,
        value_rules.historic_margin,
        value_rules.expected_margin_12m,
        value_rules.lifetime_value,
        value_rules.churn_probability as churn_probability_rule,
        predictions.churn_risk_score,
        predictions.churn_risk_band,
        predictions.reasons as churn_reasons,
        loyalty.customer_id is not null as is_loyalty_member,
        loyalty.tier_name as loyalty_tier,
        loyalty.points_balance,
        loyalty.joined_day as loyalty_joined_day,
        nps.score as last_nps_score,
        nps.nps_group,
        surveys.mean_csat_score,
        coalesce(surveys.answer_count, 0) as survey_answer_count,
        surveys.last_responded_at,
        coalesce(tickets.ticket_count, 0) as ticket_count,
        cast(coalesce(tickets.open_ticket_count, 0) as bigint) as open_ticket_count,
        tickets.mean_ticket_satisfaction,
        tickets.last_ticket_opened_at,
        cast(coalesce(messages.message_count, 0) as bigint) as message_count,
        cast(coalesce(messages.opened_message_count, 0) as bigint) as opened_message_count,
        coalesce(messages.has_unsubscribed, false) as has_unsubscribed,
        coalesce(visits.visit_count_90d, 0) as visit_count_90d,
        visits.last_visit_day,
        -- Silence is no consent.
        coalesce(consents.allows_marketing, false) as allows_marketing,
        coalesce(consents.allows_profiling, false) as allows_profiling,
        coalesce(consents.allows_sharing, false) as allows_sharing,
        consents.customer_id is not null as has_decided_on_consent
    from {{ ref('customers') }} as customers
    inner join {{ ref('customer_segments') }} as segments
        on customers.customer_id = segments.customer_id
    left join {{ ref('customer_spending_metrics') }} as spending
        on customers.customer_id = spending.customer_id
    left join {{ ref('int_customer_totals') }} as totals
        on customers.customer_id = totals.customer_id
    left join {{ ref('fct_customer_segments') }} as clusters
        on customers.customer_id = clusters.customer_id
    left join {{ ref('int_customer_lifetime_value') }} as value_rules
        on customers.customer_id = value_rules.customer_id
    left join {{ ref('churn_predictions') }} as predictions
        on customers.customer_id = predictions.customer_id
    left join {{ ref('loyalty_program') }} as loyalty
        on customers.customer_id = loyalty.customer_id
    left join nps
        on
            customers.customer_id = nps.customer_id
            and nps.newest_first = 1
    left join surveys
        on customers.customer_id = surveys.customer_id
    left join tickets
        on customers.customer_id = tickets.customer_id
    left join messages
        on customers.customer_id = messages.customer_id
    left join {{ ref('int_customer_visits') }} as visits
        on customers.customer_id = visits.customer_id
    left join {{ ref('customer_consent_flags') }} as consents
        on customers.customer_id = consents.customer_id
),

-- One word a part, each with a blank before it.
parts as (
    select
        *,
        case when is_inferred then ' attributes' else '' end
        || case when not has_purchased then ' purchases' else '' end
        || case when survey_answer_count = 0 then ' surveys' else '' end
        || case when not is_loyalty_member then ' loyalty' else '' end
        || case when not has_decided_on_consent then ' consent' else '' end
        || case when churn_risk_score is null then ' prediction' else '' end as missing_words
    from joined
)

select
    customer_id,
    first_name,
    last_name,
    email,
    phone,
    gender,
    age,
    age_band,
    city,
    region,
    country,
    income_band,
    demographic_segment,
    acquisition_channel,
    signed_up_at,
    account_status,
    credit_limit,
    is_inferred,
    has_purchased,
    as_of_date,
    spending_segment,
    rfm_segmentation,
    rfm_group,
    behavioural_group,
    ml_segment_name,
    activity_status,
    first_order_day,
    last_order_day,
    recency,
    tenure,
    order_count,
    lifetime_spend,
    net_revenue,
    average_order_value,
    spend_30d,
    spend_90d,
    spend_365d,
    spend_momentum,
    utilisation,
    mean_gap_days,
    longest_gap_days,
    travel_share,
    necessity_share,
    discretionary_share,
    sustainable_share,
    discounted_line_share,
    historic_margin,
    expected_margin_12m,
    lifetime_value,
    churn_probability_rule,
    churn_risk_score,
    churn_risk_band,
    churn_reasons,
    is_loyalty_member,
    loyalty_tier,
    points_balance,
    loyalty_joined_day,
    last_nps_score,
    nps_group,
    mean_csat_score,
    survey_answer_count,
    last_responded_at,
    ticket_count,
    open_ticket_count,
    mean_ticket_satisfaction,
    last_ticket_opened_at,
    message_count,
    opened_message_count,
    has_unsubscribed,
    visit_count_90d,
    last_visit_day,
    allows_marketing,
    allows_profiling,
    allows_sharing,
    has_decided_on_consent,
    nullif(replace(trim(missing_words), ' ', ', '), '') as missing_parts
from parts
