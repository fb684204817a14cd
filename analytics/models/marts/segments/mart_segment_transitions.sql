-- From which cluster to which the customers went in the days of segment_transition_days before
-- the snapshot date. Both states are counted anew from the purchases before their date, by the
-- centroids alone: an import knows one date only. Every pair has a row.

{% set newcomers = 'Not yet a customer' %}

with states as (
    select
        now.customer_id,
        coalesce(before.segment_name, '{{ newcomers }}') as from_segment_name,
        now.segment_name as to_segment_name
    from {{ ref('int_ml_segment_assignments') }} as now
    left join {{ ref('int_ml_segment_assignments') }} as before
        on
            now.customer_id = before.customer_id
            and before.period_offset > 0
    where now.period_offset = 0
),

counted as (
    select
        from_segment_name,
        to_segment_name,
        count(*) as customer_count
    from states
    group by
        from_segment_name,
        to_segment_name
),

from_names as (
    select segment_name
    from {{ ref('ml_segment_centroids') }}
    union all
    select '{{ newcomers }}' as segment_name
),

pairs as (
    select
        from_names.segment_name as from_segment_name,
        to_names.segment_name as to_segment_name,
        coalesce(counted.customer_count, 0) as customer_count
    from from_names
    cross join {{ ref('ml_segment_centroids') }} as to_names
    left join counted
        on
            from_names.segment_name = counted.from_segment_name
            and to_names.segment_name = counted.to_segment_name
),

totals as (
    select
        *,
        cast(sum(customer_count) over (partition by from_segment_name) as bigint) as from_customer_count
    from pairs
)

select
    cast({{ dbt.dateadd('day', -var('segment_transition_days'), 'snapshot.snapshot_date') }} as date) as from_date,
    snapshot.snapshot_date as to_date,
    totals.from_segment_name,
    totals.to_segment_name,
    totals.customer_count,
    totals.from_customer_count,
    {{ share_of('totals.customer_count', 'totals.from_customer_count') }} as transition_rate,
    {{ wilson_low('totals.customer_count', 'totals.from_customer_count') }} as transition_rate_low,
    {{ wilson_high('totals.customer_count', 'totals.from_customer_count') }} as transition_rate_high
from totals
cross join {{ ref('int_snapshot') }} as snapshot
