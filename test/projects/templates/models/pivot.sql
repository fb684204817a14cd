{%- set colours = column_values(ref('base'), 'colour') -%}
select
  {%- for c in colours %}
  sum(case when colour = '{{ c }}' then amount else 0 end) as {{ c }}_amount
  {%- if not loop.last %},{% endif -%}
  {%- endfor %}
from {{ ref('base') }}
