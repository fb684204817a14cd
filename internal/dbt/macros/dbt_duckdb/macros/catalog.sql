{#- Every column of the relations asked for, one row each, in order: for catalog.json. -#}

{% macro duckdb__get_catalog(information_schema, schemas) -%}
  {%- set names = [] -%}
  {%- for schema in schemas -%}
    {%- do names.append("lower('" ~ adapter.escape_sql_string(schema) ~ "')") -%}
  {%- endfor -%}
  {%- do return(run_query(duckdb__catalog_sql(
      information_schema.database, 'lower(c.schema_name) in (' ~ (names | join(', ')) ~ ')' if names else 'false'))) -%}
{%- endmacro %}

{% macro duckdb__get_catalog_relations(information_schema, relations) -%}
  {%- set pairs = [] -%}
  {%- for relation in relations -%}
    {%- do pairs.append(
        "(lower(c.schema_name) = lower('" ~ adapter.escape_sql_string(relation.schema) ~ "')"
        ~ (" and lower(c.table_name) = lower('" ~ adapter.escape_sql_string(relation.identifier) ~ "')" if relation.identifier else '')
        ~ ')') -%}
  {%- endfor -%}
  {%- do return(run_query(duckdb__catalog_sql(information_schema.database, pairs | join(' or ') or 'false'))) -%}
{%- endmacro %}

{% macro duckdb__catalog_sql(database, condition) -%}
select
  r.database_name as table_database,
  r.schema_name as table_schema,
  r.relation_name as table_name,
  r.relation_type as table_type,
  r.comment as table_comment,
  c.column_name,
  c.column_index,
  c.data_type as column_type,
  c.comment as column_comment,
  cast(null as varchar) as table_owner
from (
  select database_name, schema_name, table_name as relation_name, 'BASE TABLE' as relation_type, comment from duckdb_tables()
  union all
  select database_name, schema_name, view_name, 'VIEW', comment from duckdb_views()
) as r
join duckdb_columns() as c
  on c.database_name = r.database_name and c.schema_name = r.schema_name and c.table_name = r.relation_name
where lower(c.database_name) = lower('{{ adapter.escape_sql_string(database) }}')
  and ({{ condition }})
order by table_schema, table_name, column_index
{%- endmacro %}
