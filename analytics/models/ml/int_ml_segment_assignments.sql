-- The nearest centroid of each buyer, at the snapshot date and as many days before it as
-- segment_transition_days says. Both dates are measured on one scale, so that a move is the
-- customer's own: see the var ml_segment_scaling.

{% set offsets = [0, periods_in(var('segment_transition_days'), 'segment_transition_days')] %}
{% set features = ['recency', 'frequency', 'monetary'] %}

with dates as (
    {%- for offset in offsets %}
    select
        {{ offset }} as period_offset,
        cast({{ dbt.dateadd('day', -period_days() * offset, 'snapshot_date') }} as date) as as_of_date
    from {{ ref('int_snapshot') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

-- Every purchase before the date, as recency, frequency and monetary value at that date.
values_then as (
    select
        periods.customer_id,
        dates.period_offset,
        dates.as_of_date,
        {{ dbt.datediff('max(periods.last_order_day)', 'dates.as_of_date', 'day') }} as recency,
        cast(sum(periods.order_count) as bigint) as frequency,
        cast(sum(periods.gross_revenue) as decimal(18, 2)) as monetary
    from {{ ref('int_customer_periods') }} as periods
    inner join dates
        on periods.period_index >= dates.period_offset
    group by
        periods.customer_id,
        dates.period_offset,
        dates.as_of_date
    having sum(periods.order_count) > 0
),

-- Decimals add up to the same whatever the order of the rows.
logs as (
    select
        *,
        {%- for feature in features %}
        cast(ln(1 + cast({{ feature }} as double)) as decimal(18, 9)) as {{ feature }}_log{{ ',' if not loop.last }}
        {%- endfor %}
    from values_then
),

population as (
    select
        {%- for feature in features %}
        {{ share_of('sum(' ~ feature ~ '_log)', 'count(*)') }} as {{ feature }}_mean,
        {{ exact_sd('count(*)', 'sum(' ~ feature ~ '_log)', 'sum(' ~ exact_product(feature ~ '_log', feature ~ '_log', 9) ~ ')') }}
            as {{ feature }}_sd{{ ',' if not loop.last }}
        {%- endfor %}
    from logs
    where period_offset = 0
),

centroids as (
    select
        centroids.segment_id,
        centroids.segment_name,
        centroids.model_version,
        centroids.recency_center,
        centroids.frequency_center,
        centroids.monetary_center,
        {%- set scale = 'population' if var('ml_segment_scaling') == 'population' else 'centroids' %}
        {%- for feature in features %}
        {{ scale }}.{{ feature }}_mean,
        -- Of customers who are all the same, each is as far from the mean: not at all.
        coalesce(nullif({{ scale }}.{{ feature }}_sd, 0), 1e0) as {{ feature }}_sd{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('ml_segment_centroids') }} as centroids
    cross join population
),

distances as (
    select
        logs.customer_id,
        logs.period_offset,
        logs.as_of_date,
        logs.recency,
        logs.frequency,
        logs.monetary,
        centroids.segment_id,
        centroids.segment_name,
        centroids.model_version,
        sqrt(
            {%- for feature in features %}
            power((logs.{{ feature }}_log - centroids.{{ feature }}_mean) / centroids.{{ feature }}_sd - centroids.{{ feature }}_center, 2)
            {{- ' +' if not loop.last }}
            {%- endfor %}
        ) as distance
    from logs
    cross join centroids
),

ranked as (
    select
        *,
        row_number() over (partition by customer_id, period_offset order by distance, segment_id) as nearness
    from distances
)

select
    customer_id,
    as_of_date,
    period_offset,
    recency,
    frequency,
    monetary,
    segment_id,
    segment_name,
    model_version,
    distance
from ranked
where nearness = 1
