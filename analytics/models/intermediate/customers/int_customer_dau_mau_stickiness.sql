-- Distinct customers per day and in the trailing 7 and 30 calendar days.
--
-- An active day keeps its customer in a window of n days for n days, or until the customer's
-- next active day, which takes over. So each active day adds one on its day and takes one off
-- where its stretch ends, and a running sum counts each customer once. The work grows with
-- the active days, not with days times window.
--
-- Made again from the first day that changed on: whoever is counted on a day was active in the
-- thirty days to it, so that nothing older is read.

-- depends_on: {{ ref('int_transactions') }}

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_from_first_changed_day('activity_date') }}"
) }}

{%- set first_day = first_changed_day('activity_date') %}
{% set windows = {'dau': 1, 'wau': 7, 'mau': 30} %}

with active_days as (
    select
        _customer_number,
        activity_date
    from {{ ref('mart_customer_daily') }}
    where
        sale_line_count > 0
        {%- if first_day is not none %}
        and activity_date > {{ dbt.dateadd('day', -30, sql_date(first_day)) }}
        {%- endif %}
),

stretches as (
    select
        activity_date,
        lead(activity_date) over (partition by _customer_number order by activity_date) as next_activity_date
    from active_days
),

events as (
    {%- for name, days in windows.items() %}
    select
        activity_date as event_date,
        '{{ name }}' as window_name,
        1 as change
    from stretches
    union all
    select
        least(
            cast({{ dbt.dateadd('day', days, 'activity_date') }} as date),
            coalesce(next_activity_date, cast({{ dbt.dateadd('day', days, 'activity_date') }} as date))
        ) as event_date,
        '{{ name }}' as window_name,
        -1 as change
    from stretches
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

daily_changes as (
    select
        event_date,
        {%- for name in windows %}
        sum(case when window_name = '{{ name }}' then change else 0 end) as {{ name }}_change{{ ',' if not loop.last }}
        {%- endfor %}
    from events
    group by event_date
),

calendar_bounds as (
    select
        min(daily.activity_date) as first_day,
        cast({{ dbt.dateadd('day', -1, 'max(snapshot.snapshot_date)') }} as date) as last_day
    from {{ ref('mart_customer_daily') }} as daily
    cross join {{ ref('int_snapshot') }} as snapshot
    where daily.sale_line_count > 0
),

calendar as (
    {{ calendar_days('calendar_bounds', 'first_day', 'last_day') | indent(4) }}
),

counted as (
    select
        calendar.calendar_day as activity_date,
        {%- for name in windows %}
        cast(
            sum(coalesce(daily_changes.{{ name }}_change, 0)) over (order by calendar.calendar_day)
            as bigint
        ) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from calendar
    left join daily_changes
        on calendar.calendar_day = daily_changes.event_date
)

select
    activity_date,
    dau,
    wau,
    mau,
    -- Nobody in thirty days leaves nothing to be sticky about.
    cast(dau as double) / nullif(mau, 0) as stickiness,
    {{ transactions_build() }} as _build_number,
    '{{ line_inputs() }}' as _inputs
from counted
{%- if first_day is not none %}
where activity_date >= {{ sql_date(first_day) }}
{%- endif %}
