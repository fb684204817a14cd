{% macro cents(c) %}{{ half(c) }} / 100{% endmacro %}
{% macro half(c) %}{{ c }} / 2{% endmacro %}
