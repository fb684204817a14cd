{#- True when the model adds to a table that is there already. A unit test has to say it, as it has no such table. -#}
{% macro is_incremental() %}
  {%- if execute and this is none -%}
    {{ exceptions.raise_compiler_error(
        "the unit test does not say whether the model is incremental: add overrides: {macros: {is_incremental: true}}, or false"
    ) }}
  {%- endif -%}
  {%- if not execute or model.config.materialized != 'incremental' or should_full_refresh() -%}
    {%- do return(false) -%}
  {%- endif -%}
  {%- set relation = load_cached_relation(this) -%}
  {%- do return(relation is not none and relation.type == 'table') -%}
{% endmacro %}
