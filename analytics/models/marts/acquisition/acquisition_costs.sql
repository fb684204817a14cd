-- What winning customers costs, by day, channel and campaign, up to the snapshot date.

select
    costs.cost_date,
    cast({{ dbt.date_trunc('month', 'costs.cost_date') }} as date) as month_start,
    costs.channel,
    costs.campaign_name,
    costs.cost,
    costs.impressions,
    costs.clicks,
    {{ share_of('costs.clicks', 'costs.impressions') }} as click_through_rate,
    {{ share_of('costs.cost', 'costs.clicks') }} as cost_per_click,
    costs._load_id,
    costs._file,
    costs._line
from {{ ref('stg_acquisition_costs') }} as costs
where costs.cost_date < (select snapshot_date from {{ ref('int_snapshot') }})
