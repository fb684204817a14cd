{#- A view with parameters: select * from {{ ref('x') }}(1, 2). -#}
{% materialization table_function, adapter='duckdb' %}
  {%- set target_relation = this.incorporate(type='view') -%}
  {%- set parameters = config.get('parameters') or [] -%}
  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}
  {%- call statement('main') -%}
create or replace function {{ target_relation.render() }}({{ parameters if parameters is string else parameters | join(', ') }}) as table (
{{ sql }}
)
  {%- endcall -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do adapter.commit() -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {#- It is no relation that the cache should know. -#}
  {%- do return({'relations': []}) -%}
{% endmaterialization %}
