-- What each campaign with a hold-out group did to revenue: mean revenue of treated customers
-- in the window after sending less that of held-out customers. Chance decided who was held
-- out, so the difference is the effect; the same difference before sending shows whether
-- chance did.

with sums as (
    select
        campaign_id,
        max(campaign_name) as campaign_name,
        min(sent_day) as first_sent_day,
        max(sent_day) as last_sent_day,
        sum(case when is_treated then 1 else 0 end) as treated_count,
        sum(case when is_treated then 0 else 1 end) as control_count,
        sum(case when is_treated then cost else 0 end) as cost,
        {{ group_sums('revenue_after', 'after') | indent(4) }},
        {{ group_sums('revenue_before', 'before') | indent(4) }}
    from {{ ref('int_campaign_panel') }}
    group by campaign_id
),

groups as (
    select
        campaign_id,
        campaign_name,
        first_sent_day,
        last_sent_day,
        treated_count,
        control_count,
        cost,
        {{ group_figures('after') }},
        {{ group_figures('before') }}
    from sums
),

differences as (
    select
        *,
        {{ drawn_difference('after') }},
        {{ drawn_difference('before') }}
    from groups
),

effects as (
    select
        *,
        {{ difference_low('after') }} as effect_low,
        {{ difference_high('after') }} as effect_high,
        {{ difference_low('before') }} as balance_low,
        {{ difference_high('before') }} as balance_high
    from differences
)

select
    campaign_id,
    campaign_name,
    first_sent_day,
    last_sent_day,
    {{ var('campaign_window_days') }} as window_days,
    cast(treated_count as bigint) as treated_count,
    cast(control_count as bigint) as holdout_count,
    treated_after as treated_revenue,
    control_after as holdout_revenue,
    after_difference as effect,
    after_standard_error as standard_error,
    after_degrees as degrees_of_freedom,
    effect_low,
    effect_high,
    coalesce(effect_low > 0 or effect_high < 0, false) as is_significant,
    after_difference / nullif(control_after, 0) as relative_effect,
    cast(after_difference * treated_count as decimal(18, 2)) as total_effect,
    cast(effect_low * treated_count as decimal(18, 2)) as total_effect_low,
    cast(effect_high * treated_count as decimal(18, 2)) as total_effect_high,
    cast(after_difference * treated_count * {{ business_constant('gross_margin') }} as decimal(18, 2)) as margin_effect,
    cast(cost as decimal(18, 4)) as cost,
    cast(after_difference * treated_count * {{ business_constant('gross_margin') }} - cost as decimal(18, 2)) as net_return,
    (after_difference * treated_count * {{ business_constant('gross_margin') }} - cost)
    / nullif(cast(cost as double), 0) as return_on_cost,
    before_difference as balance_difference,
    balance_low,
    balance_high,
    balance_low <= 0 and balance_high >= 0 as groups_were_alike
from effects
