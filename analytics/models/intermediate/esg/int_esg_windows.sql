-- The two equal windows of each initiative: as many days before its start as it has been
-- followed, neither reaching beyond the data. Initiatives without a day on both sides of
-- their start have no row.

with followed as (
    select
        initiatives.initiative_id,
        initiatives.started_on,
        snapshot.first_transaction_day,
        least(
            coalesce(cast({{ dbt.dateadd('day', 1, 'initiatives.ended_on') }} as date), snapshot.snapshot_date),
            snapshot.snapshot_date
        ) as followed_until
    from {{ ref('stg_esg_initiatives') }} as initiatives
    cross join {{ ref('int_snapshot') }} as snapshot
    where initiatives.set_aside_reason is null
),

windows as (
    select
        initiative_id,
        started_on,
        least(
            {{ dbt.datediff('started_on', 'followed_until', 'day') }},
            {{ dbt.datediff('first_transaction_day', 'started_on', 'day') }}
        ) as window_days
    from followed
    where
        started_on is not null
        and followed_until is not null
        and first_transaction_day is not null
)

select
    initiative_id,
    started_on,
    cast(window_days as integer) as window_days,
    cast({{ dbt.dateadd('day', '-window_days', 'started_on') }} as date) as before_from,
    cast({{ dbt.dateadd('day', 'window_days', 'started_on') }} as date) as after_until,
    -- Whole months of 30 days before the start, for the trend there.
    cast(floor(window_days / 30.0) as integer) as trend_month_count
from windows
where window_days > 0
