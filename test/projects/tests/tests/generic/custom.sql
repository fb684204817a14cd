{% test even(model, column_name, divisor=2) %}
  {{ config(severity='warn', tags=['from_test']) }}
  select * from {{ model }} where {{ column_name }} % {{ divisor }} <> 0
{% endtest %}

{% test has_rows(model, at_least=1) %}
  select count(*) as n from {{ model }} having count(*) < {{ at_least }}
{% endtest %}
