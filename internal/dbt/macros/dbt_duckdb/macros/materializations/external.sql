{#- Writes the rows to a file (Parquet, CSV or JSON) and makes a view that reads it. -#}
{% materialization external, adapter='duckdb' %}
  {%- set location = render(config.get('location') or external_location(this, config)) -%}
  {%- set options = render_write_options(config) -%}
  {%- set write_options = adapter.external_write_options(location, options) -%}
  {%- set format = (config.get('format') or options['format']) | lower -%}
  {%- if format not in ['parquet', 'csv', 'json'] -%}
    {%- do exceptions.raise_compiler_error("the format of an external model must be parquet, csv or json, not '" ~ format ~ "'") -%}
  {%- endif -%}
  {%- if config.get('plugin') or config.get('glue_register') -%}
    {%- do store_relation(config.get('plugin'), this, location, format, config) -%}
  {%- endif -%}

  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='view') -%}
  {%- set staged = make_temp_relation(this.incorporate(type='table')) -%}

  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- do adapter.ensure_transaction() -%}
  {%- call statement('create_table') -%}
    {{ get_create_table_as_sql(True, staged, sql) }}
  {%- endcall -%}
  {#- A reader learns the columns from the file: one without rows gets a row of nulls, which the view leaves out. -#}
  {%- set columns = adapter.get_columns_in_relation(staged) -%}
  {%- set empty = run_query('select count(*) from ' ~ staged)[0][0] == 0 -%}
  {%- if empty -%}
    {%- call statement('placeholder') -%}
      insert into {{ staged }} values ({% for column in columns %}null{{ ', ' if not loop.last }}{% endfor %})
    {%- endcall -%}
  {%- endif -%}
  {%- do write_to_file(staged, location, write_options) -%}
  {%- do drop_relation(staged) -%}

  {%- if existing_relation is not none and not existing_relation.is_view -%}
    {%- do adapter.drop_relation(existing_relation) -%}
  {%- endif -%}
  {%- call statement('main') -%}
create or replace view {{ target_relation }} as (
select * from {{ external_reader(format, adapter.external_read_location(location, options), options) }}
    {%- if empty %}
where false
    {%- endif %}
)
  {%- endcall -%}

  {%- do finish_relation(target_relation, existing_relation, full_refresh_mode=True) -%}
  {%- do return({'relations': [target_relation]}) -%}
{% endmaterialization %}

{#- The table function that reads the files back, with the model's read options. -#}
{% macro external_reader(format, location, options) -%}
  {%- set defaults = {'union_by_name': false} if format == 'parquet' else {'auto_detect': true} -%}
  {%- set read = dict(config.get(format ~ '_read_options') or defaults) -%}
  {%- if format != 'parquet' and options.get('compression') and 'compression' not in read -%}
    {%- do read.update({'compression': options['compression']}) -%}
  {%- endif -%}
  read_{{ format }}('{{ adapter.escape_sql_string(location) }}'
  {%- for key, value in read.items() -%}
    , {{ key }}={{ "'" ~ adapter.escape_sql_string(value) ~ "'" if value is string else value }}
  {%- endfor -%}
  )
{%- endmacro %}

{#- Where a model's file goes unless its config says: the external root. -#}
{% macro external_location(relation, config) -%}
  {%- set whole_folder = (config.get('options') or {}).get('partition_by') is not none -%}
  {{- adapter.external_root() }}/{{ relation.identifier }}{{ '' if whole_folder else '.' ~ (config.get('format') or 'parquet') -}}
{%- endmacro %}

{% macro location_exists(location) -%}
  {%- do return(adapter.location_exists(location)) -%}
{% endmacro %}

{% macro write_to_file(relation, location, options) -%}
  {%- call statement('write_to_file') -%}
    copy {{ relation }} to '{{ adapter.escape_sql_string(location) }}' ({{ options }})
  {%- endcall -%}
{% endmacro %}

{% macro store_relation(plugin, relation, location, format, config) -%}
  {%- do adapter.store_relation(plugin, relation, [], location, format, config) -%}
{% endmacro %}

{#- The options of COPY ... TO, with the older ones that stand beside them. -#}
{% macro render_write_options(config) -%}
  {%- set given = config.get('options') or {} -%}
  {%- if given is not mapping -%}
    {%- do exceptions.raise_compiler_error('the options of an external model must be a mapping') -%}
  {%- endif -%}
  {%- set options = {} -%}
  {%- for key, value in given.items() -%}
    {%- do options.update({key: render(value | string)}) -%}
  {%- endfor -%}
  {%- for key in ['format', 'delimiter'] if config.get(key) -%}
    {%- do options.update({key: render(config.get(key))}) -%}
  {%- endfor -%}
  {%- do return(options) -%}
{%- endmacro %}

{#- For on-run-start: views on the files of external models that this run reads but does not build. -#}
{% macro register_upstream_external_models() -%}
  {%- if execute -%}
    {%- set seen = [] -%}
    {%- for id in selected_resources if id in graph['nodes'] -%}
      {%- for parent in graph['nodes'][id]['depends_on']['nodes'] if parent not in seen and parent not in selected_resources -%}
        {%- do seen.append(parent) -%}
        {%- set node = graph['nodes'].get(parent) -%}
        {%- if node and node.config.materialized == 'external' -%}
          {%- set relation = api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias, type='view') -%}
          {%- set options = render_write_options(node.config) -%}
          {%- set location = render(node.config.get('location') or external_location(relation, node.config)) -%}
          {%- do adapter.external_write_options(location, options) -%}
          {%- do adapter.create_schema(relation) -%}
          {%- call statement('register') -%}
            create or replace view {{ relation }} as (select * from '{{ adapter.escape_sql_string(adapter.external_read_location(location, options)) }}')
          {%- endcall -%}
          {%- do adapter.cache_added(relation) -%}
        {%- endif -%}
      {%- endfor -%}
    {%- endfor -%}
    {%- do adapter.commit() -%}
  {%- endif -%}
{%- endmacro %}
