-- Satisfaction by everything that customers are grouped by, each grouping covering every
-- answer once.

{% set dimensions = {
    'channel': 'answers.channel',
    'country': 'answers.country',
    'spending_segment': 'segments.customer_segment',
    'rfm_group': 'segments.rfm_group',
    'behavioural_group': 'segments.behavioural_group',
    'age_band': 'segments.age_band',
    'income_band': 'segments.income_band',
    'gender': 'segments.gender',
} %}

with answers as (
    select
        'overall' as overall,
        {%- for name, column in dimensions.items() %}
        coalesce({{ column }}, 'unknown') as {{ name }},
        {%- endfor %}
        answers.survey_type,
        answers.score,
        answers.nps_group,
        answers.is_satisfied
    from {{ ref('customer_satisfaction_scores') }} as answers
    left join {{ ref('int_customer_segments') }} as segments
        on answers.customer_id = segments.customer_id
    where answers.survey_type in ('NPS', 'CSAT', 'CES')
),

sums as (
    {%- for name in ['overall'] + dimensions.keys() | list %}
    select
        '{{ name }}' as dimension_name,
        {{ name }} as dimension_value,
        {{ satisfaction_sums() | indent(4) }}
    from answers
    group by {{ name }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select
    {{ surrogate_key(['dimension_name', 'dimension_value']) }} as satisfaction_key,
    dimension_name,
    dimension_value,
    {{ satisfaction_figures() }}
from sums
