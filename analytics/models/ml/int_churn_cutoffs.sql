-- The cut-offs that are labelled, newest first. They are first days of cells and stay where they
-- are, so that a label is made once; the newest is the last whose label window is over.

{% set horizon = periods_in(var('churn_horizon_days'), 'churn_horizon_days') %}

with numbers as (
    {%- for number in range(var('churn_cutoff_count')) %}
    select {{ number }} as cutoff_number
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

cells as (
    select
        numbers.cutoff_number,
        {{ cell_of('snapshot.snapshot_date') }} - {{ horizon }} - numbers.cutoff_number as cell_index
    from {{ ref('int_snapshot') }} as snapshot
    cross join numbers
    where snapshot.snapshot_date is not null
)

select
    cutoff_number,
    cell_index,
    {{ cell_start('cell_index') }} as cutoff_date,
    {{ cell_start('(cell_index + ' ~ horizon ~ ')') }} as label_end_date
from cells
