{#- Questions to the warehouse's catalog. The answers are tables. -#}

{% macro get_catalog(information_schema, schemas) -%}
  {%- do return(adapter.dispatch('get_catalog', 'dbt')(information_schema, schemas)) -%}
{%- endmacro %}

{% macro get_catalog_relations(information_schema, relations) -%}
  {%- do return(adapter.dispatch('get_catalog_relations', 'dbt')(information_schema, relations)) -%}
{%- endmacro %}

{% macro information_schema_name(database) %}
  {%- do return(adapter.dispatch('information_schema_name', 'dbt')(database)) -%}
{% endmacro %}

{% macro default__information_schema_name(database) -%}
  {{ database ~ '.information_schema' if database else 'information_schema' }}
{%- endmacro %}

{% macro list_schemas(database) -%}
  {%- do return(adapter.dispatch('list_schemas', 'dbt')(database)) -%}
{% endmacro %}

{% macro default__list_schemas(database) -%}
  {%- do return(run_query(
      "select distinct schema_name from " ~ information_schema_name(database) ~ ".schemata"
      ~ (" where lower(catalog_name) = lower('" ~ database ~ "')" if database else ""))) -%}
{% endmacro %}

{% macro check_schema_exists(information_schema, schema) -%}
  {%- do return(adapter.dispatch('check_schema_exists', 'dbt')(information_schema, schema)) -%}
{% endmacro %}

{% macro default__check_schema_exists(information_schema, schema) -%}
  {%- do return(run_query(
      "select count(*) from " ~ information_schema_name(information_schema.database) ~ ".schemata"
      ~ " where lower(catalog_name) = lower('" ~ information_schema.database ~ "')"
      ~ " and lower(schema_name) = lower('" ~ schema ~ "')")) -%}
{% endmacro %}

{% macro list_relations_without_caching(schema_relation) %}
  {%- do return(adapter.dispatch('list_relations_without_caching', 'dbt')(schema_relation)) -%}
{% endmacro %}

{% macro get_relation_last_modified(information_schema, relations) %}
  {%- do return(adapter.dispatch('get_relation_last_modified', 'dbt')(information_schema, relations)) -%}
{% endmacro %}

{% macro default__get_relation_last_modified(information_schema, relations) %}
  {%- do exceptions.raise_not_implemented(
      'the warehouse does not know when a relation was last changed: give the source a loaded_at_field') -%}
{% endmacro %}
