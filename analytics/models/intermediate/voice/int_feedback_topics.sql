-- Topics that each text mentions, by whole words of the seed feedback_topic_keywords. A text
-- without any is about other things. The main topic is the one with most keywords; equal
-- ones go by the order of the seed feedback_topics. A text is looked through when it comes, and again when it comes anew or
-- a seed has changed.

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_when_made_of_other(feedback_inputs(), 'text_inputs') }}"
) }}

with texts as (
    select
        feedback_id,
        words,
        text_inputs
    from {{ feedback_inputs() }} as inputs
    where {{ is_to_be_made('text_inputs') }}
),

mentioned as (
    select
        texts.feedback_id,
        keywords.topic,
        count(*) as keyword_count
    from texts
    inner join {{ ref('feedback_topic_keywords') }} as keywords
        on {{ has_words('texts.words', 'keywords.keyword') }}
    group by
        texts.feedback_id,
        keywords.topic
),

every_text as (
    select
        texts.feedback_id,
        texts.text_inputs,
        coalesce(mentioned.topic, 'other') as topic,
        coalesce(mentioned.keyword_count, 0) as keyword_count
    from texts
    left join mentioned
        on texts.feedback_id = mentioned.feedback_id
)

select
    every_text.feedback_id,
    every_text.topic,
    every_text.keyword_count,
    row_number() over (
        partition by every_text.feedback_id
        order by every_text.keyword_count desc, topics.sort_order
    ) = 1 as is_main_topic,
    every_text.text_inputs as _inputs
from every_text
inner join {{ ref('feedback_topics') }} as topics
    on every_text.topic = topics.topic
