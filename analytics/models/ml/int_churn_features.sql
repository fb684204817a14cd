-- What was known of each active customer on the day of a cut-off. Nothing of that day or after it
-- is read: purchases come from the cells before it, attributes are those that held when it began,
-- shares come from the months that were over. Only cut-offs before which something changed are made anew: see
-- int_churn_cutoff_inputs.

-- depends_on: {{ ref('int_customer_monthly') }}
-- depends_on: {{ ref('int_customer_rfm_values') }}
-- depends_on: {{ ref('dim_customer') }}

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_when_made_of_other(ref('int_churn_cutoff_inputs'), 'feature_inputs') }}"
) }}

{% set wanted -%}
(
    select
        cutoffs.cell_index,
        cutoffs.cutoff_date,
        inputs.feature_inputs
    from {{ ref('int_churn_cutoffs') }} as cutoffs
    inner join {{ ref('int_churn_cutoff_inputs') }} as inputs
        on cutoffs.cutoff_date = inputs.cutoff_date
    where {{ is_to_be_made('inputs.feature_inputs') }}
)
{%- endset %}

{% set before -%}
select
    cells.customer_id,
    cutoffs.cutoff_date,
    cutoffs.cell_index - 1 - cells.cell_index as periods_back,
    cells.order_count,
    cells.active_day_count,
    cells.sale_line_count,
    cells.unit_count,
    cells.gross_revenue,
    cells.returns_amount,
    cells.net_margin,
    cells.last_order_day
from {{ ref('int_churn_cells') }} as cells
inner join {{ wanted }} as cutoffs
    on cells.cell_index < cutoffs.cell_index
{%- endset %}

select
    features.*,
    wanted.feature_inputs as _inputs
from (
    {{ churn_feature_query(
        before, wanted, ['customer_id', 'cutoff_date', 'first_order_day', 'last_order_day'] + churn_features()
    ) | indent(4) }}
) as features
inner join {{ wanted }} as wanted
    on features.cutoff_date = wanted.cutoff_date
