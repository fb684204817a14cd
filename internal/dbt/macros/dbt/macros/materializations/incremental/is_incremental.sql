{#- True when the model adds to a table that is there already. -#}
{% macro is_incremental() %}
  {%- if not execute or model.config.materialized != 'incremental' or should_full_refresh() -%}
    {%- do return(false) -%}
  {%- endif -%}
  {%- set relation = load_cached_relation(this) -%}
  {%- do return(relation is not none and relation.type == 'table') -%}
{% endmacro %}
