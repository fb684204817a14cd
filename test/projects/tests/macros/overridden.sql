{% test not_null(model, column_name) %}
  select {{ column_name }} as empty from {{ model }} where {{ column_name }} is null
{% endtest %}
{% macro always_two() %}2{% endmacro %}
