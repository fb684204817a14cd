{#- The texts that int_feedback_topics looks through, as a query in brackets: with the words of each, and what its
    topics are made of (see macros/made_of.sql). -#}
{% macro feedback_inputs() -%}
    {%- set seeds -%}
        select
            (
                select {{ dbt.listagg(
                    "topic || ':' || cast(sort_order as " ~ dbt.type_string() ~ ")", "','", "order by topic"
                ) }}
                from {{ ref('feedback_topics') }}
            ) || '|' || (
                select {{ dbt.listagg("topic || ':' || keyword", "','", "order by topic, keyword") }}
                from {{ ref('feedback_topic_keywords') }}
            )
    {%- endset -%}
    (
        select
            feedback_id,
            {{ words_of('feedback_text') }} as words,
            {{ joined_text([
                'feedback_id', dbt.hash("coalesce(feedback_text, '')"),
                "'" ~ local_md5(scalar(seeds, '', [ref('feedback_topics'), ref('feedback_topic_keywords')])) ~ "'",
            ]) }} as text_inputs
        from {{ ref('stg_feedback') }}
        where
            set_aside_reason is null
            and {{ before_snapshot('feedback_day') }}
    )
{%- endmacro %}
