{#- Makes this node's relation show what another environment's has (`defer_relation`). -#}
{% materialization clone, default %}
  {%- if not defer_relation -%}
    {%- do log('No relation found in state manifest for ' ~ model.unique_id, info=True) -%}
    {%- do return({'relations': []}) -%}
  {%- endif -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- if existing_relation and not flags.FULL_REFRESH -%}
    {%- do log('Relation ' ~ existing_relation ~ ' already exists', info=True) -%}
    {%- do return({'relations': []}) -%}
  {%- endif -%}

  {%- set other = load_cached_relation(defer_relation) -%}
  {%- set as_table = can_clone_table() and other is not none and other.is_table -%}
  {%- set target_relation = this.incorporate(type='table' if as_table else 'view') -%}
  {%- if target_relation.render() == defer_relation.render() -%}
    {%- do return({'relations': [target_relation]}) -%}
  {%- endif -%}

  {%- do adapter.ensure_transaction() -%}
  {%- if existing_relation is not none and existing_relation.type != target_relation.type -%}
    {%- do adapter.drop_relation(existing_relation) -%}
  {%- endif -%}
  {%- call statement('main') -%}
    {%- if as_table -%}
      {{ create_or_replace_clone(target_relation, defer_relation) }}
    {%- else -%}
      {{ get_create_view_as_sql(target_relation, 'select * from ' ~ defer_relation.render()) }}
    {%- endif -%}
  {%- endcall -%}
  {%- do finish_relation(target_relation, existing_relation, full_refresh_mode=True) -%}
  {%- do return({'relations': [target_relation]}) -%}
{% endmaterialization %}

{% macro can_clone_table() %}
  {%- do return(adapter.dispatch('can_clone_table', 'dbt')()) -%}
{% endmacro %}

{% macro default__can_clone_table() %}
  {%- do return(false) -%}
{% endmacro %}

{% macro create_or_replace_clone(this_relation, defer_relation) %}
  {%- do return(adapter.dispatch('create_or_replace_clone', 'dbt')(this_relation, defer_relation)) -%}
{% endmacro %}

{% macro default__create_or_replace_clone(this_relation, defer_relation) -%}
  create or replace table {{ this_relation.render() }} clone {{ defer_relation.render() }}
{%- endmacro %}
