-- What was known of each active customer on the day of a cut-off. Nothing of that day or after it
-- is read: purchases come from the cells before it, attributes are those that held when it began,
-- shares come from the months that were over. Made anew when a day before the newest cut-off changed,
-- else left as it is.

-- depends_on: {{ ref('int_customer_monthly') }}
-- depends_on: {{ ref('int_customer_rfm_values') }}
-- depends_on: {{ ref('dim_customer') }}
-- depends_on: {{ ref('mart_customer_daily') }}

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ delete_when_churn_changed('cutoff_date') }}"
) }}

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
inner join {{ ref('int_churn_cutoffs') }} as cutoffs
    on cells.cell_index < cutoffs.cell_index
{%- endset %}

{% if churn_unchanged('cutoff_date') -%}
select *
from {{ this }}
where 1 = 0
{%- else -%}
{{ churn_feature_query(
    before,
    ref('int_churn_cutoffs'),
    ['customer_id', 'cutoff_date', 'first_order_day', 'last_order_day'] + churn_features() + ["'" ~ churn_inputs('cutoff_date') ~ "' as _inputs"]
) }}
{%- endif %}
