-- What customers wrote up to the snapshot date, with its topic, and its sentiment once a
-- predictor has scored it.

with topics as (
    select
        feedback_id,
        max(case when is_main_topic then topic end) as topic,
        count(case when keyword_count > 0 then 1 end) as topic_count
    from {{ ref('int_feedback_topics') }}
    group by feedback_id
)

select
    feedback.feedback_id,
    feedback.customer_id,
    feedback.submitted_at,
    feedback.feedback_day,
    cast({{ dbt.date_trunc('month', 'feedback.feedback_day') }} as date) as month_start,
    feedback.channel,
    feedback.product_id,
    products.product_name,
    products.category as product_category,
    feedback.rating,
    case
        when feedback.rating >= 4 then 'positive'
        when feedback.rating = 3 then 'neutral'
        when feedback.rating <= 2 then 'negative'
    end as rating_group,
    topics.topic,
    topics.topic_count,
    feedback.feedback_text,
    sentiment.sentiment_score,
    sentiment.sentiment_label,
    sentiment.model_version,
    sentiment.made_by,
    sentiment.scored_at
from {{ ref('stg_feedback') }} as feedback
inner join topics
    on feedback.feedback_id = topics.feedback_id
left join {{ ref('dim_product') }} as products
    on feedback.product_id = products.product_id
left join {{ ref('feedback_sentiment') }} as sentiment
    on feedback.feedback_id = sentiment.feedback_id
