{#- Fails unless the relation has exactly that many rows. -#}
{% test accepted_row_count(model, expected) %}

select count(*) as row_count
from {{ model }}
having count(*) <> {{ expected }}

{% endtest %}
