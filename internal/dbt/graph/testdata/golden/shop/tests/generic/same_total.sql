{% test same_total(model, other, column) %}
select 1 from {{ model }} having sum({{ column }}) <> (select sum({{ column }}) from {{ other }})
{% endtest %}
