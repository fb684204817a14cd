{#- An entry of `indexes`: {'columns': [...], 'unique': true}. -#}
{% macro duckdb__get_create_index_sql(relation, index_dict) -%}
  {%- set index = adapter.parse_index(index_dict) -%}
  create {{ 'unique ' if index.unique }}index {{ adapter.quote(index.render(relation)) }} on {{ relation }} ({{ index.columns | join(', ') }})
{%- endmacro %}

{#- A table with indexes cannot be renamed. -#}
{% macro drop_indexes_on_relation(relation) -%}
  {%- set found = run_query(
      "select index_name from duckdb_indexes() where lower(database_name) = lower('" ~ adapter.escape_sql_string(relation.database)
      ~ "') and lower(schema_name) = lower('" ~ adapter.escape_sql_string(relation.schema)
      ~ "') and lower(table_name) = lower('" ~ adapter.escape_sql_string(relation.identifier) ~ "')") -%}
  {%- for row in found or [] -%}
    {%- call statement('drop_index', auto_begin=False) -%}
      {{ get_drop_index_sql(relation, row[0]) }}
    {%- endcall -%}
  {%- endfor -%}
{%- endmacro %}
