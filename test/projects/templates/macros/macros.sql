{% macro tell(results) %}
  {% if execute %}
    {% for r in results | sort(attribute='node.unique_id') if r.node.resource_type == 'model' %}
      insert into main.journal values ('{{ r.node.name }}', '{{ r.status }} {{ r.failures }} {{ r.node.config.materialized }}');
    {% endfor %}
  {% endif %}
{% endmacro %}

{% macro column_values(relation, column) %}
  {% set query %}select distinct {{ column }} from {{ relation }} order by 1{% endset %}
  {% if execute %}
    {% set found = run_query(query) %}
    {{ return(found.columns[0].values()) }}
  {% else %}
    {{ return([]) }}
  {% endif %}
{% endmacro %}

{% macro sum_of(n) %}{% if n <= 0 %}{{ return(0) }}{% endif %}{{ return(n + sum_of(n - 1)) }}{% endmacro %}
{% macro wrap(kind='div') %}<{{ kind }}>{{ caller('inner') }}</{{ kind }}>{% endmacro %}
{% macro any_args() %}{{ varargs | join('-') }}|{% for k, v in kwargs.items() %}{{ k }}={{ v }};{% endfor %}{% endmacro %}
