-- What each customer has said so far, one row a customer who said anything.

with surveys as (
    select
        customer_id,
        sum(case when survey_type in ('NPS', 'CSAT', 'CES') then 1 else 0 end) as response_count,
        sum(case when survey_type = 'CSAT' then 1 else 0 end) as csat_count,
        sum(case when survey_type = 'CSAT' then score else 0 end) as csat_sum
    from {{ ref('customer_satisfaction_scores') }}
    where customer_id is not null
    group by customer_id
),

scores as (
    select
        customer_id,
        score,
        nps_group,
        response_day,
        row_number() over (
            partition by customer_id
            order by responded_at desc, response_id desc
        ) as newest_first
    from {{ ref('customer_satisfaction_scores') }}
    where
        customer_id is not null
        and survey_type = 'NPS'
),

feedback as (
    select
        customer_id,
        count(*) as feedback_count,
        count(rating) as rating_count,
        coalesce(sum(rating), 0) as rating_sum
    from {{ ref('customer_feedback') }}
    where customer_id is not null
    group by customer_id
),

tickets as (
    select
        customer_id,
        count(*) as ticket_count,
        sum(case when is_open then 1 else 0 end) as open_ticket_count,
        max(opened_day) as last_ticket_day
    from {{ ref('support_tickets') }}
    where customer_id is not null
    group by customer_id
),

customers as (
    select customer_id
    from surveys
    union
    select customer_id
    from feedback
    union
    select customer_id
    from tickets
)

select
    customers.customer_id,
    cast(coalesce(surveys.response_count, 0) as bigint) as response_count,
    scores.score as nps_score,
    scores.nps_group,
    scores.response_day as nps_day,
    {{ share_of('surveys.csat_sum', 'surveys.csat_count') }} as average_csat,
    coalesce(feedback.feedback_count, 0) as feedback_count,
    {{ share_of('feedback.rating_sum', 'feedback.rating_count') }} as average_rating,
    coalesce(tickets.ticket_count, 0) as ticket_count,
    cast(coalesce(tickets.open_ticket_count, 0) as bigint) as open_ticket_count,
    tickets.last_ticket_day
from customers
left join surveys
    on customers.customer_id = surveys.customer_id
left join scores
    on
        customers.customer_id = scores.customer_id
        and scores.newest_first = 1
left join feedback
    on customers.customer_id = feedback.customer_id
left join tickets
    on customers.customer_id = tickets.customer_id
