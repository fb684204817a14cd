{#- Fails for patterns that could never match, since texts are brought to one form before they
    are compared: codes and prefixes in capitals, words as words_of() gives them. -#}
{% test pattern_is_normal(model, column_name) %}

select *
from {{ model }}
where
    (match_on in ('stock_code', 'invoice_prefix') and {{ column_name }} <> upper({{ column_name }}))
    or (match_on in ('description', 'word') and {{ column_name }} <> {{ words_of(column_name) }})

{% endtest %}
