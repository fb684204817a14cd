-- What each cell of int_churn_cells is made of, as a text: its days, and which builds wrote them. A cell whose stored
-- text is another is made anew.

with bounds as (
    select
        min(cell_index) - {{ older_period() }} as older_cell,
        max(label_end_date) as read_until
    from {{ ref('int_churn_cutoffs') }}
),

cells as (
    select
        greatest({{ cell_of('days.activity_date') }}, bounds.older_cell) as cell_index,
        bounds.older_cell,
        sum(days.row_count) as row_count,
        sum(days.build_sum) as build_sum
    from {{ ref('int_customer_day_builds') }} as days
    cross join bounds
    where days.activity_date < bounds.read_until
    group by
        greatest({{ cell_of('days.activity_date') }}, bounds.older_cell),
        bounds.older_cell
)

select
    cell_index,
    cell_index = older_cell as is_older,
    cast(row_count as bigint) as row_count,
    cast(build_sum as bigint) as build_sum,
    {{ joined_text([
        'cell_index', "case when cell_index = older_cell then 'older' else '' end", 'row_count', 'build_sum',
        "'" ~ line_inputs() ~ "'",
    ]) }} as cell_inputs
from cells
