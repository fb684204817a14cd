{#- What stored journeys depend on besides events and the snapshot date: the vars and the steps of the funnel. -#}
{% macro journey_inputs() -%}
    {%- set steps = scalar(
        "select " ~ dbt.listagg("event_name || ' ' || cast(step_order as " ~ dbt.type_string() ~ ")", "','", "order by step_order")
        ~ " from " ~ ref('journey_steps'), '', [ref('journey_steps')]
    ) -%}
    {{ return([
        var('journey_session_gap_minutes'), var('journey_window_hours'), var('journey_path_steps'), steps | replace("'", '')
    ] | join('|')) }}
{%- endmacro %}

{#- Who an event belongs to before visits are told apart: the shop's session, else the customer, else nobody else. -#}
{% macro visitor(session_id, customer_id, event_id) -%}
    case
        when {{ session_id }} is not null then 's|' || {{ session_id }}
        when {{ customer_id }} is not null then 'c|' || {{ customer_id }}
        else 'e|' || {{ event_id }}
    end
{%- endmacro %}

{#- Pre-hook of customer_journey_events: takes out the visitors of whom an event came since or went to another visitor. -#}
{% macro delete_changed_visitors() -%}
    {%- if execute and is_incremental() -%}
        {%- set since = built_from(ref('stg_journey_events'), journey_inputs(), is_dated=false) -%}
        delete from {{ this }}
        {%- if since is not none %}
        where {{ visitor('session_id', 'customer_id', 'event_id') }} in (
            select {{ visitor('session_id', 'customer_id', 'event_id') }}
            from {{ ref('stg_journey_events') }}
            where _build_number > {{ since }}
            union
            select {{ visitor('session_id', 'customer_id', 'event_id') }}
            from {{ this }}
            where event_id in (select event_id from {{ ref('stg_journey_events') }} where _build_number > {{ since }})
        )
        {%- endif %}
    {%- endif -%}
{%- endmacro %}

{#- The visits of which an event was written since int_journey_sessions was built, as a query. -#}
{% macro changed_visits(since) -%}
    select session_key
    from {{ ref('customer_journey_events') }}
    where {{ is_new_to_this(since, 'event_day') }}
{%- endmacro %}

{#- Pre-hook of int_journey_sessions: takes out the visits of which an event was written since. Visits that were put together with others are not there any more. -#}
{% macro delete_changed_visits() -%}
    {%- if execute and is_incremental() -%}
        {%- set since = built_from(ref('customer_journey_events'), journey_inputs()) -%}
        delete from {{ this }}
        {%- if since is not none %}
        where
            session_key in ({{ changed_visits(since) }})
            or session_key not in (select session_key from {{ ref('customer_journey_events') }})
        {%- endif %}
    {%- endif -%}
{%- endmacro %}

{#- The months whose paths may have changed, as a query: those with visits that were written since, and those with more or
    fewer visits than their paths have. -#}
{% macro changed_path_months(since) -%}
    select month_start
    from {{ ref('int_journey_sessions') }}
    where
        _build_number > {{ since }}
        or _snapshot_date > '{{ stored_snapshot() }}'
    union
    select month_start
    from (
        select
            month_start,
            count(*) as session_count
        from {{ ref('int_journey_sessions') }}
        group by month_start
        union all
        select
            month_start,
            -sum(session_count) as session_count
        from {{ this }}
        where path_position = 1
        group by month_start
    ) as visits
    group by month_start
    having sum(session_count) <> 0
{%- endmacro %}

{#- Pre-hook of mart_journey_paths. -#}
{% macro delete_changed_path_months() -%}
    {%- if execute and is_incremental() -%}
        {%- set since = built_from(ref('int_journey_sessions'), journey_inputs()) -%}
        delete from {{ this }}
        {%- if since is not none %}
        where month_start in ({{ changed_path_months(since) }})
        {%- endif %}
    {%- endif -%}
{%- endmacro %}
