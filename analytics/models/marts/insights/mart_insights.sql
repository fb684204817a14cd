-- Findings about the whole customer base, each computed with its interval and sample size.

{% set insights = [
    'int_insight_channel_quality',
    'int_insight_cross_category',
    'int_insight_cross_sell',
    'int_insight_frequency_value',
    'int_insight_loyalty_repeat',
    'int_insight_referred_retention',
    'int_insight_satisfaction_retention',
    'int_insight_seasonality',
    'int_insight_send_time',
    'int_insight_sustainability',
    'int_insight_upsell_potential',
    'int_insight_win_back',
] %}

{% for insight in insights %}
select
    insight_key,
    title,
    statistic,
    cast(value as double) as value,
    cast(ci_low as double) as ci_low,
    cast(ci_high as double) as ci_high,
    cast(n as bigint) as n,
    cast(comparison_value as double) as comparison_value,
    finding
from {{ ref(insight) }}
{%- if not loop.last %}

union all
{% endif %}
{% endfor %}
