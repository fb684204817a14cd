-- Feedback by month and topic. A text counts in each topic that it mentions, so the rows add
-- up to more than the texts; main_text_count counts each text once.

with mentions as (
    select
        feedback.month_start,
        topics.topic,
        topics.is_main_topic,
        feedback.rating,
        feedback.rating_group,
        cast(feedback.sentiment_score as decimal(9, 6)) as sentiment_score
    from {{ ref('int_feedback_topics') }} as topics
    inner join {{ ref('customer_feedback') }} as feedback
        on topics.feedback_id = feedback.feedback_id
),

sums as (
    select
        month_start,
        topic,
        count(*) as text_count,
        sum(case when is_main_topic then 1 else 0 end) as main_text_count,
        count(rating) as rating_count,
        sum(case when rating_group = 'negative' then 1 else 0 end) as negative_count,
        coalesce(sum(rating), 0) as rating_sum,
        coalesce(sum(rating * rating), 0) as rating_squares,
        count(sentiment_score) as scored_count,
        coalesce(sum(sentiment_score), 0) as sentiment_sum,
        coalesce(sum(sentiment_score * sentiment_score), 0) as sentiment_squares
    from mentions
    group by
        month_start,
        topic
)

select
    {{ surrogate_key(['month_start', 'topic']) }} as feedback_topic_key,
    month_start,
    topic,
    text_count,
    cast(main_text_count as bigint) as main_text_count,
    rating_count,
    {{ mean_figures('rating_sum', 'rating_squares', 'rating_count', 'average_rating') }},
    cast(negative_count as bigint) as negative_count,
    {{ share_figures('negative_count', 'rating_count', 'negative_share') }},
    scored_count,
    {{ mean_figures('sentiment_sum', 'sentiment_squares', 'scored_count', 'average_sentiment') }}
from sums
