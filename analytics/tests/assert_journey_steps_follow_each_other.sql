-- The steps of the funnel are numbered from 1 without a gap: behind a gap nothing would ever be reached.

select
    event_name,
    step_order
from (
    select
        event_name,
        step_order,
        row_number() over (order by step_order) as expected_order
    from {{ ref('journey_steps') }}
) as numbered
where step_order <> expected_order
