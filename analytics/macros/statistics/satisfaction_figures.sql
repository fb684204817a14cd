{#- The satisfaction figures that every grouping of answers has, from exact sums:
    satisfaction_sums() in a CTE over customer_satisfaction_scores, satisfaction_figures() over
    that CTE. One definition, so that a month and a segment never disagree. -#}
{% macro satisfaction_sums() -%}
    sum(case when nps_group = 'promoter' then 1 else 0 end) as promoter_count,
    sum(case when nps_group = 'passive' then 1 else 0 end) as passive_count,
    sum(case when nps_group = 'detractor' then 1 else 0 end) as detractor_count,
    sum(case when survey_type = 'NPS' then 1 else 0 end) as nps_count,
    {%- for survey in ['CSAT', 'CES'] %}
    sum(case when survey_type = '{{ survey }}' then 1 else 0 end) as {{ survey | lower }}_count,
    sum(case when survey_type = '{{ survey }}' then score else 0 end) as {{ survey | lower }}_sum,
    sum(case when survey_type = '{{ survey }}' then score * score else 0 end) as {{ survey | lower }}_squares,
    {%- endfor %}
    sum(case when is_satisfied then 1 else 0 end) as satisfied_count
{%- endmacro %}

{% macro satisfaction_figures() -%}
    cast(nps_count as bigint) as nps_count,
    cast(promoter_count as bigint) as promoter_count,
    cast(passive_count as bigint) as passive_count,
    cast(detractor_count as bigint) as detractor_count,
    {{ net_promoter_score('promoter_count', 'detractor_count', 'nps_count') }} as nps,
    {{ net_promoter_low('promoter_count', 'detractor_count', 'nps_count') }} as nps_low,
    {{ net_promoter_high('promoter_count', 'detractor_count', 'nps_count') }} as nps_high,
    cast(csat_count as bigint) as csat_count,
    cast(satisfied_count as bigint) as satisfied_count,
    {{ share_figures('satisfied_count', 'csat_count', 'csat_share') }},
    {%- for survey in ['csat', 'ces'] %}
    {%- if survey == 'ces' %}
    cast(ces_count as bigint) as ces_count,
    {%- endif %}
    {{ mean_figures(survey ~ '_sum', survey ~ '_squares', survey ~ '_count', survey ~ '_mean') }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
