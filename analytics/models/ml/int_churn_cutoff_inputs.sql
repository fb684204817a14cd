-- What the rows of each cut-off are made of, as texts: the features of the cells before it and of the attributes that
-- held by then, the labels of these cells and those after it, both of the settings. A cut-off whose stored text is
-- another is made anew: late lines, which mostly lie in the newest label, leave all features and the other labels as
-- they are.

{% set horizon = periods_in(var('churn_horizon_days'), 'churn_horizon_days') %}

with sums as (
    select
        cutoffs.cutoff_date,
        sum(case when cells.cell_index < cutoffs.cell_index then cells.row_count else 0 end) as row_count_before,
        sum(case when cells.cell_index < cutoffs.cell_index then cells.build_sum else 0 end) as build_sum_before,
        sum(cells.row_count) as row_count,
        sum(cells.build_sum) as build_sum
    from {{ ref('int_churn_cutoffs') }} as cutoffs
    inner join {{ ref('int_churn_cell_inputs') }} as cells
        on cells.cell_index < cutoffs.cell_index + {{ horizon }}
    group by cutoffs.cutoff_date
),

-- Only of who had bought by then: others have no row that could change.
versions as (
    select
        cutoffs.cutoff_date,
        count(*) as version_count,
        max(customers._load_id) as newest_load
    from {{ ref('int_churn_cutoffs') }} as cutoffs
    inner join {{ ref('int_customer_rfm_values') }} as rfm
        on rfm.first_order_day < cutoffs.cutoff_date
    inner join {{ ref('dim_customer') }} as customers
        on
            rfm.customer_id = customers.customer_id
            and customers.valid_from < cutoffs.cutoff_date
    where not customers.is_inferred
    group by cutoffs.cutoff_date
)

select
    sums.cutoff_date,
    {{ joined_text([
        'sums.cutoff_date', 'sums.row_count_before', 'sums.build_sum_before', "'" ~ line_inputs() ~ "'",
        'coalesce(versions.version_count, 0)', 'coalesce(versions.newest_load, 0)', var('churn_baseline_days'),
        "'" ~ local_md5(churn_features() | join(',')) ~ "'",
    ]) }} as feature_inputs,
    {{ joined_text([
        'sums.cutoff_date', 'sums.row_count', 'sums.build_sum', "'" ~ line_inputs() ~ "'",
        var('churn_horizon_days'), var('churn_baseline_days'), var('churn_spend_floor'),
    ]) }} as label_inputs
from sums
left join versions
    on sums.cutoff_date = versions.cutoff_date
