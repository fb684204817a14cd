-- Tiers of historic margin. They are cut by value and not by row, so equal margins share a tier.

{% set percentiles = var('cltv_percentiles') %}

with cuts as (
    select
        cast(percentile_cont({{ percentiles[0] }}) within group (order by historic_margin) as decimal(18, 4)) as lower_cut,
        cast(percentile_cont({{ percentiles[1] }}) within group (order by historic_margin) as decimal(18, 4)) as upper_cut
    from {{ ref('int_customer_cltv') }}
)

select
    cltv.customer_id,
    cltv.historic_margin,
    cuts.lower_cut,
    cuts.upper_cut,
    case
        when cltv.historic_margin <= cuts.lower_cut then 'Low'
        when cltv.historic_margin <= cuts.upper_cut then 'Medium'
        else 'High'
    end as cltv_profit_segmentation
from {{ ref('int_customer_cltv') }} as cltv
cross join cuts
