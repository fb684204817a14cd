-- Date-grain marts have a row for each day between their first and their last.

{% set marts = [('obt_customer_dau_mau_stickiness', 'activity_date'), ('mart_daily_revenue', 'revenue_date')] %}

{% for mart, day in marts %}
select
    '{{ mart }}' as mart,
    count(*) as day_count,
    {{ dbt.datediff('min(' ~ day ~ ')', 'max(' ~ day ~ ')', 'day') }} + 1 as expected_day_count
from {{ ref(mart) }}
having count(*) <> {{ dbt.datediff('min(' ~ day ~ ')', 'max(' ~ day ~ ')', 'day') }} + 1
{% if not loop.last %}
union all
{% endif %}
{% endfor %}
