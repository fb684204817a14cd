{% macro shout(text) %}{{ return(adapter.dispatch('shout', 'tools')(text)) }}{% endmacro %}
{% macro default__shout(text) %}{{ return("upper('" ~ text ~ "')") }}{% endmacro %}

{% macro whisper(text) %}{{ return(adapter.dispatch('whisper', macro_namespace='tools')(text)) }}{% endmacro %}
{% macro default__whisper(text) %}lower('{{ text }}'){% endmacro %}
{% macro duckdb__whisper(text) %}lower('{{ text }} (duckdb)'){% endmacro %}

{% macro who() %}'{{ helper() }}'{% endmacro %}
{% macro helper() %}tools{% endmacro %}
{% macro only_here() %}only_here{% endmacro %}

{% test in_range(model, column_name, low=0, high=none) %}
select * from {{ model }} where {{ column_name }} < {{ low }}{% if high is not none %} or {{ column_name }} > {{ high }}{% endif %}
{% endtest %}
