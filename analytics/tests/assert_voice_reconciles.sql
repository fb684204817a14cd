-- Every answer, text and ticket is somewhere once: staging, what counts and why the rest does
-- not, and the marts by month, topic and group.

with counts as (
    select
        'rows of the three sources' as what,
        (
            select count(*) from {{ ref('stg_survey_data') }}
        ) + (
            select count(*) from {{ ref('stg_feedback') }}
        ) + (
            select count(*) from {{ ref('stg_support_tickets') }}
        ) as expected,
        (select coalesce(sum(row_count), 0) from {{ ref('mart_voice_quality') }}) as found
    {%- for source, model in {
        'survey_responses': 'customer_satisfaction_scores',
        'feedback': 'customer_feedback',
        'support_tickets': 'support_tickets',
    }.items() %}
    union all
    select
        '{{ source }} that count' as what,
        (select count(*) from {{ ref(model) }}) as expected,
        (
            select coalesce(sum(row_count), 0)
            from {{ ref('mart_voice_quality') }}
            where
                source_name = '{{ source }}'
                and outcome = 'accepted'
        ) as found
    {%- endfor %}
    union all
    select
        'answers by month' as what,
        (
            select count(*)
            from {{ ref('customer_satisfaction_scores') }}
            where survey_type in ('NPS', 'CSAT', 'CES')
        ) as expected,
        (select coalesce(sum(nps_count + csat_count + ces_count), 0) from {{ ref('mart_nps_monthly') }}) as found
    union all
    select
        'main topics' as what,
        (select count(*) from {{ ref('customer_feedback') }}) as expected,
        (select coalesce(sum(main_text_count), 0) from {{ ref('mart_feedback_topics') }}) as found
    union all
    select
        'tickets by month' as what,
        (select count(*) from {{ ref('support_tickets') }}) as expected,
        (select coalesce(sum(opened_count), 0) from {{ ref('mart_support_monthly') }}) as found
    union all
    select
        'tickets by category' as what,
        (select count(*) from {{ ref('support_tickets') }}) as expected,
        (select coalesce(sum(ticket_count), 0) from {{ ref('mart_support_categories') }}) as found
    union all
    select
        'tickets still open' as what,
        (select count(*) from {{ ref('support_tickets') }} where is_open) as expected,
        (
            select coalesce(max(open_at_month_end), 0)
            from {{ ref('mart_support_monthly') }}
            where month_start = (select max(month_start) from {{ ref('mart_support_monthly') }})
        ) as found
    union all
    select
        'answers by ' || groups.dimension_name as what,
        (
            select count(*)
            from {{ ref('customer_satisfaction_scores') }}
            where survey_type in ('NPS', 'CSAT', 'CES')
        ) as expected,
        sum(groups.nps_count + groups.csat_count + groups.ces_count) as found
    from {{ ref('mart_satisfaction_segments') }} as groups
    group by groups.dimension_name
)

select
    what,
    expected,
    found
from counts
where expected <> found
