{% macro cents(column) -%}
    cast(coalesce({{ column }}, 0) * 100 as bigint)
{%- endmacro %}

{% macro log_run(what) %}
  insert into {{ target.schema }}.run_log values ('{{ what }}')
{% endmacro %}

{% test positive(model, column, least=0) %}
select * from {{ model }} where {{ column }} < {{ least }}
{% endtest %}
