-- What each initiative did to revenue: difference in differences, the treated customers' change
-- less the control customers', per customer and 30 days. What moves both groups, such as a
-- season, falls out. Initiatives that cannot be measured keep their row, without figures; those that staging set aside
-- have none.

with sums as (
    select
        initiative_id,
        sum(case when is_treated then 1 else 0 end) as treated_count,
        sum(case when is_treated then 0 else 1 end) as control_count,
        {%- for group, condition in {'treated': 'is_treated', 'control': 'not is_treated'}.items() %}
        sum(case when {{ condition }} then monthly_before else 0 end) as {{ group }}_before_sum,
        sum(case when {{ condition }} then monthly_after else 0 end) as {{ group }}_after_sum,
        {%- endfor %}
        {{ group_sums('monthly_change', 'change') | indent(4) }},
        count(slope_before) as slope_count,
        {{ group_sums('coalesce(slope_before, 0)', 'slope') | indent(4) }}
    from {{ ref('int_esg_panel') }}
    group by initiative_id
),

groups as (
    select
        initiative_id,
        treated_count,
        control_count,
        slope_count,
        {{ share_of('treated_before_sum', 'treated_count') }} as treated_before,
        {{ share_of('treated_after_sum', 'treated_count') }} as treated_after,
        {{ share_of('control_before_sum', 'control_count') }} as control_before,
        {{ share_of('control_after_sum', 'control_count') }} as control_after,
        {{ group_figures('change') }},
        {{ group_figures('slope') }}
    from sums
),

differences as (
    select
        initiative_id,
        treated_count,
        control_count,
        slope_count,
        treated_before,
        treated_after,
        control_before,
        control_after,
        control_change,
        {{ welch_difference('change') }},
        {{ welch_difference('slope') }}
    from groups
),

effects as (
    select
        initiative_id,
        treated_count,
        control_count,
        treated_before,
        treated_after,
        control_before,
        control_after,
        control_change,
        change_difference as effect,
        change_standard_error as standard_error,
        change_degrees as degrees_of_freedom,
        {{ difference_low('change') }} as effect_low,
        {{ difference_high('change') }} as effect_high,
        -- Without two whole months before the start there is no trend.
        case when slope_count > 0 then slope_difference end as trend_difference,
        case when slope_count > 0 then {{ difference_low('slope') }} end as trend_difference_low,
        case when slope_count > 0 then {{ difference_high('slope') }} end as trend_difference_high
    from differences
),

members as (
    select
        initiative_id,
        sum(case when is_treated then 1 else 0 end) as treated_count,
        sum(case when is_treated then 0 else 1 end) as control_count
    from {{ ref('stg_esg_initiative_members') }}
    group by initiative_id
),

totals as (
    select
        initiatives.initiative_id,
        initiatives.initiative_name,
        initiatives.pillar,
        initiatives.started_on,
        initiatives.ended_on,
        initiatives.cost,
        windows.window_days,
        coalesce(members.treated_count, 0) as treated_count,
        coalesce(members.control_count, 0) as control_count,
        effects.treated_before,
        effects.treated_after,
        effects.control_before,
        effects.control_after,
        effects.effect,
        effects.standard_error,
        effects.degrees_of_freedom,
        effects.effect_low,
        effects.effect_high,
        -- Against what the treated would have spent without it: their past, moved as the control group moved.
        effects.effect / nullif(effects.treated_before + effects.control_change, 0) as relative_effect,
        effects.treated_count * windows.window_days / 30.0 as customer_months,
        effects.trend_difference,
        effects.trend_difference_low,
        effects.trend_difference_high
    from {{ ref('stg_esg_initiatives') }} as initiatives
    left join {{ ref('int_esg_windows') }} as windows
        on initiatives.initiative_id = windows.initiative_id
    left join effects
        on initiatives.initiative_id = effects.initiative_id
    left join members
        on initiatives.initiative_id = members.initiative_id
    where initiatives.set_aside_reason is null
)

select
    initiative_id,
    initiative_name,
    pillar,
    started_on,
    ended_on,
    window_days,
    cast(treated_count as bigint) as treated_count,
    cast(control_count as bigint) as control_count,
    treated_before,
    treated_after,
    control_before,
    control_after,
    effect,
    standard_error,
    degrees_of_freedom,
    effect_low,
    effect_high,
    coalesce(effect_low > 0 or effect_high < 0, false) as is_significant,
    relative_effect,
    cast(effect * customer_months as decimal(18, 2)) as total_effect,
    cast(effect_low * customer_months as decimal(18, 2)) as total_effect_low,
    cast(effect_high * customer_months as decimal(18, 2)) as total_effect_high,
    cast(effect * customer_months * {{ business_constant('gross_margin') }} as decimal(18, 2)) as margin_effect,
    cost,
    cast(effect * customer_months * {{ business_constant('gross_margin') }} - cost as decimal(18, 2)) as net_return,
    (effect * customer_months * {{ business_constant('gross_margin') }} - cost)
    / nullif(cast(cost as double), 0) as return_on_cost,
    trend_difference,
    trend_difference_low,
    trend_difference_high,
    -- Empty where it cannot be told; true is no proof that the trends were equal.
    trend_difference_low <= 0 and trend_difference_high >= 0 as trends_agree
from totals
