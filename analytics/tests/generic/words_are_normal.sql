{#- Fails for keywords that could never match, since texts are brought to the form of
    words_of() before they are compared. -#}
{% test words_are_normal(model, column_name) %}

select {{ column_name }} as keyword
from {{ model }}
where
    {{ column_name }} = ''
    or {{ column_name }} <> {{ words_of(column_name) }}

{% endtest %}
