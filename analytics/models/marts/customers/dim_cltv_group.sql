-- Tiers of historic margin with the bounds in force. SCD 1.

{{ config(
    materialized='incremental',
    incremental_strategy='merge',
    unique_key='cltv_group_key',
    on_schema_change='append_new_columns',
    post_hook="{{ delete_vanished('cltv_profit_segmentation', ref('cltv_tiers')) }}"
) }}

with cuts as (
    select
        max(lower_cut) as lower_cut,
        max(upper_cut) as upper_cut
    from {{ ref('int_customer_cltv_segmentation') }}
)

select
    {{ surrogate_key(['tiers.cltv_profit_segmentation']) }} as cltv_group_key,
    tiers.cltv_profit_segmentation,
    case tiers.sort_order when 2 then cuts.lower_cut when 3 then cuts.upper_cut end as margin_above,
    case tiers.sort_order when 1 then cuts.lower_cut when 2 then cuts.upper_cut end as margin_up_to,
    tiers.sort_order,
    tiers.description,
    tiers.recommended_action
from {{ ref('cltv_tiers') }} as tiers
cross join cuts
