-- Which sources there are, how much came of each and when, and what to do about the missing ones. The tables with
-- transactions are large, so that theirs is read from the list of loads and from what each load brought; their times of
-- events are named there (int_newest_events).

{%- set sources = [
    ('acquisition_costs', 'cost_date', 'costs of winning customers, return on spend and payback'),
    ('communications', 'sent_at', 'messages, their rates and sending times, effects of campaigns'),
    ('consents', 'recorded_at', 'consents'),
    ('customers', 'updated_at', 'names, demographics, sign-ups and channels; customers are known by their purchases alone'),
    ('esg_initiative_members', none, 'effects of ESG initiatives'),
    ('esg_initiatives', 'started_on', 'effects of ESG initiatives'),
    ('feedback', 'submitted_at', 'feedback and sentiment'),
    ('journey_events', 'event_at', 'journeys, funnels and paths'),
    ('loyalty_ledger', 'entry_at', 'the loyalty programme and its breakage'),
    ('loyalty_tiers', none, 'tiers of the loyalty programme'),
    ('market_research', none, 'the market and its opportunity'),
    ('merchant_categories', none, 'names and groups of categories, and with them segments by what is bought'),
    ('products', none, 'names, costs and labels of products; margins are told by the gross margin'),
    ('referrals', 'invited_at', 'referrals'),
    ('support_tickets', 'opened_at', 'support times'),
    ('survey_responses', 'responded_at', 'satisfaction and attitudes'),
    ('transaction_logs', none, 'the loss waterfall and prices of the point-of-sale log'),
    ('transactions', none, 'figures of customers beyond the point-of-sale log'),
] %}
{%- set large = ['transaction_logs', 'transactions'] %}

with loads as (
    select
        table_name,
        file,
        rows_loaded,
        finished_at
    from {{ source('bronze', 'loads') }}
),

counted as (
    {%- for name, event_column, feeds in sources %}
    select
        '{{ name }}' as source_name,
        '{{ feeds }}' as feeds,
    {%- if name in large %}
        cast(coalesce(sum(rows_loaded), 0) as bigint) as row_count,
        cast(count(*) as bigint) as load_count,
        min(finished_at) as first_loaded_at,
        max(finished_at) as last_loaded_at,
        (
            select max(newest_event_at)
            from {{ ref('int_newest_events') }}
            where source_name = '{{ name }}'
        ) as newest_event_at,
        max(case when file like 'synthetic:%' then 1 else 0 end) as has_synthetic
    from loads
    where table_name = 'bronze.{{ name }}'
    {%- else %}
        count(*) as row_count,
        count(distinct _load_id) as load_count,
        min(_loaded_at) as first_loaded_at,
        max(_loaded_at) as last_loaded_at,
        {%- if event_column is none %}
        cast(null as timestamp) as newest_event_at,
        {%- else %}
        cast(max(case when {{ event_column }} <= _loaded_at then {{ event_column }} end) as timestamp) as newest_event_at,
        {%- endif %}
        max(case when _file like 'synthetic:%' then 1 else 0 end) as has_synthetic
    from {{ source('bronze', name) }}
    {%- endif %}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select
    source_name,
    row_count > 0 as is_present,
    row_count,
    load_count,
    first_loaded_at,
    last_loaded_at,
    newest_event_at,
    coalesce(has_synthetic, 0) = 1 as is_synthetic,
    'kith load ' || source_name || ' FILE' as fill_command,
    case when row_count = 0 then 'No rows. Empty without them: ' || feeds || '.' end as note
from counted
