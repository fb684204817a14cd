{#- Position of a delivered row among those of its key, the newest first: the later load wins, and
    within a load the later line. So it does not matter how often a row came. -#}
{% macro newest_delivery(key) -%}
    row_number() over (partition by {{ key | join(', ') }} order by _load_id desc, _line desc, _file desc)
{%- endmacro %}
