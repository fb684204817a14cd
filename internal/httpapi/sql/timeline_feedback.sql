select
    'feedback' as kind, submitted_at as "at", feedback_id as id, coalesce(product_name, 'Feedback') as title, feedback_text as detail,
    channel, null::decimal(18, 2) as amount, rating::double as value, sentiment_label as status
from {customer_feedback}
where customer_id = $1
