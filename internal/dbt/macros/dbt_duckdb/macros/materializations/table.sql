{#- Builds beside the table that is there and takes its place in the same
    transaction: readers and a crash see the one or the other, whole. -#}
{% materialization table, adapter='duckdb' %}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='table') -%}

  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- do build_table(target_relation, existing_relation) -%}
  {%- do create_indexes(target_relation) -%}
  {%- do finish_relation(target_relation, existing_relation, full_refresh_mode=True) -%}
  {%- do return({'relations': [target_relation]}) -%}
{% endmaterialization %}

{#- A new table goes straight to its name, and so does one with foreign keys:
    DuckDB keeps the name under which those were made. -#}
{% macro build_table(target_relation, existing_relation) %}
  {%- do adapter.ensure_transaction() -%}
  {%- if existing_relation is none or has_foreign_key_constraints() -%}
    {%- do drop_relation_if_exists(existing_relation) -%}
    {%- call statement('main') -%}
      {{ get_create_table_as_sql(False, target_relation, sql) }}
    {%- endcall -%}
  {%- else -%}
    {%- set staged = make_intermediate_relation(target_relation) -%}
    {%- do drop_relation_if_exists(load_cached_relation(staged)) -%}
    {%- call statement('main') -%}
      {{ get_create_table_as_sql(False, staged, sql) }}
    {%- endcall -%}
    {%- do swap_relation(staged, target_relation, existing_relation) -%}
  {%- endif -%}
{% endmacro %}

{#- The kinds of constraints that the model's enforced contract declares. -#}
{% macro enforced_constraint_types() -%}
  {%- set types = [] -%}
  {%- if config.get('contract').enforced -%}
    {%- for constraint in model.get('constraints') or [] -%}
      {%- do types.append(constraint.type) -%}
    {%- endfor -%}
    {%- for column in (model.get('columns') or {}).values() -%}
      {%- for constraint in column.get('constraints') or [] -%}
        {%- do types.append(constraint.type) -%}
      {%- endfor -%}
    {%- endfor -%}
  {%- endif -%}
  {%- do return(types) -%}
{%- endmacro %}

{% macro has_foreign_key_constraints(relation=none) -%}
  {%- do return('foreign_key' in enforced_constraint_types()) -%}
{%- endmacro %}
