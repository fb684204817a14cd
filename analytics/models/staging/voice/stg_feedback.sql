-- What customers wrote, the last delivery of each text. A rating off the scale of 1 to 5 is
-- set aside and counted in mart_voice_quality; the text stays.

with deliveries as (
    select
        trim(feedback_id) as feedback_id,
        nullif(trim(customer_id), '') as customer_id,
        submitted_at,
        lower(nullif(trim(channel), '')) as channel,
        nullif(trim(product_id), '') as product_id,
        rating,
        nullif(trim(feedback_text), '') as feedback_text,
        _file,
        _line,
        _load_id,
        {{ newest_delivery(['trim(feedback_id)']) }} as delivery_rank
    from {{ source('bronze', 'feedback') }}
    where trim(feedback_id) <> ''
)

select
    feedback_id,
    customer_id,
    submitted_at,
    cast(submitted_at as date) as feedback_day,
    channel,
    product_id,
    case when rating between 1 and 5 then rating end as rating,
    rating as delivered_rating,
    feedback_text,
    case when submitted_at is null then 'no time' end as set_aside_reason,
    _file,
    _line,
    _load_id
from deliveries
where delivery_rank = 1
