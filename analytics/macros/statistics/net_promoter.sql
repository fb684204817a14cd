{#- Net promoter score: promoters' share less detractors' share, -100 to 100. -#}
{% macro net_promoter_score(promoters, detractors, n) -%}
    100.0 * ({{ promoters }} - {{ detractors }}) / nullif(cast({{ n }} as double), 0)
{%- endmacro %}

{#- Bounds of its 95 % interval. The score is a difference of two shares of one trinomial
    sample, whose variance is (p + d - (p - d)^2) / n. Three quarters of a promoter, three
    quarters of a detractor and one and a half passives are added before, so that twenty
    promoters in a row leave doubt: the adjusted Wald interval of Rocks, Interval Estimation
    for the Net Promoter Score, The American Statistician 70 (2016). Cut at -100 and 100; that of a single answer is stretched to
    hold the score. -#}
{% macro net_promoter_low(promoters, detractors, n) -%}
    (case when {{ n }} > 0 then {{ net_promoter_cut('greatest', 'least', promoters, detractors, n, '-') }} end)
{%- endmacro %}

{% macro net_promoter_high(promoters, detractors, n) -%}
    (case when {{ n }} > 0 then {{ net_promoter_cut('least', 'greatest', promoters, detractors, n, '+') }} end)
{%- endmacro %}

{% macro net_promoter_cut(cut, stretch, promoters, detractors, n, sign) -%}
    {{ cut }}({{ sign }}100.0, {{ stretch }}({{ net_promoter_score(promoters, detractors, n) }}, {{ net_promoter_bound(promoters, detractors, n, sign) }}))
{%- endmacro %}

{% macro net_promoter_bound(promoters, detractors, n, sign) -%}
    {%- set total -%} (cast({{ n }} as double) + 3) {%- endset -%}
    {%- set difference -%} (({{ promoters }} - {{ detractors }}) / {{ total }}) {%- endset -%}
    {%- set both -%} (({{ promoters }} + {{ detractors }} + 1.5) / {{ total }}) {%- endset -%}
    100.0 * (
        {{ difference }}
        {{ sign }} {{ z_95() }} * sqrt(greatest(0.0, {{ both }} - {{ difference }} * {{ difference }}) / {{ total }})
    )
{%- endmacro %}
