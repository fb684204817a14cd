{#- MERGE INTO. A row whose key is there already is updated, another is inserted.
    What a model may configure beside unique_key:

      merge_update_columns, merge_exclude_columns   which columns an update writes
      merge_update_set_expressions                  {column: expression} of an update
      merge_update_condition, merge_insert_condition
      merge_on_using_columns                        instead of unique_key
      merge_returning_columns
      merge_clauses                                 {when_matched: [...], when_not_matched: [...]}, instead of all but the two last

    Conditions and expressions see DBT_INTERNAL_SOURCE and DBT_INTERNAL_DEST. -#}
{% macro duckdb__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
  {%- do validate_merge_config(config, target) -%}
  {%- set clauses = config.get('merge_clauses') or {} -%}
  {%- set defaults = merge_clause_defaults(
      config.get('merge_update_condition'), config.get('merge_insert_condition'),
      config.get('merge_update_columns') or [], config.get('merge_exclude_columns') or [],
      config.get('merge_update_set_expressions') or {}) -%}
  {%- set updates = [defaults.when_matched_update_explicit] if unique_key or config.get('merge_on_using_columns') else [] -%}
{{ config.get('sql_header') or '' }}
merge into {{ target }} as DBT_INTERNAL_DEST
using {{ source }} as DBT_INTERNAL_SOURCE
{{ duckdb__merge_join_clause(unique_key, config.get('merge_on_using_columns'), incremental_predicates) }}
  {%- for clause in clauses.get('when_matched', updates) %}
when matched{{ merge_condition(clause) }} then {{ merge_action(clause, dest_columns) }}
  {%- endfor %}
  {%- for clause in clauses.get('when_not_matched', [defaults.when_not_matched_insert_by_name]) %}
when not matched{{ ' by ' ~ clause.get('by') if clause.get('by') }}{{ merge_condition(clause) }} then {{ merge_action(clause, dest_columns) }}
  {%- endfor %}
  {%- if config.get('merge_returning_columns') %}
returning {{ config.get('merge_returning_columns') | join(', ') }}
  {%- endif %}
{%- endmacro %}

{% macro duckdb__merge_join_clause(unique_key, merge_on_using_columns, incremental_predicates) -%}
  {%- set conditions = [] -%}
  {%- if not merge_on_using_columns -%}
    {%- for key in ([unique_key] if unique_key is string else unique_key or []) -%}
      {%- do conditions.append(get_merge_unique_key_match('DBT_INTERNAL_SOURCE.' ~ key, 'DBT_INTERNAL_DEST.' ~ key)) -%}
    {%- endfor -%}
    {%- if not unique_key -%}
      {%- do conditions.append('false') -%}
    {%- endif -%}
  {%- endif -%}
  {%- for predicate in predicate_list(incremental_predicates) -%}
    {%- do conditions.append('(' ~ predicate ~ ')') -%}
  {%- endfor -%}
  {%- if merge_on_using_columns and not conditions -%}
    using ({{ merge_on_using_columns | join(', ') }})
  {%- else -%}
    {%- for key in merge_on_using_columns or [] -%}
      {%- do conditions.append('DBT_INTERNAL_SOURCE.' ~ key ~ ' = DBT_INTERNAL_DEST.' ~ key) -%}
    {%- endfor -%}
    on {{ conditions | join(' and ') }}
  {%- endif -%}
{%- endmacro %}

{#- What happens where merge_clauses does not say. -#}
{% macro merge_clause_defaults(merge_update_condition, merge_insert_condition,
                               merge_update_columns=[], merge_exclude_columns=[], merge_update_set_expressions={}) -%}
  {%- do return({
      'when_matched_update_by_name': {'action': 'update', 'condition': merge_update_condition, 'mode': 'by_name'},
      'when_matched_update_explicit': {
          'action': 'update', 'condition': merge_update_condition, 'mode': 'explicit',
          'update': {
              'include': merge_update_columns, 'exclude': merge_exclude_columns,
              'set_expressions': merge_update_set_expressions,
          },
      },
      'when_not_matched_insert_by_name': {'action': 'insert', 'condition': merge_insert_condition},
  }) -%}
{%- endmacro %}

{% macro merge_condition(clause) -%}
  {%- set condition = clause.get('condition') -%}
  {{ ' and (' ~ (condition if condition is string else condition | join(') and (')) ~ ')' if condition }}
{%- endmacro %}

{#- A clause's action: update, insert, delete, do_nothing or error. -#}
{% macro merge_action(clause, dest_columns) -%}
  {%- set mode = clause.get('mode') -%}
  {%- if clause.get('action') == 'update' -%}
    {{ merge_update(clause, dest_columns) if mode in [none, 'explicit'] else 'update ' ~ merge_mode(mode, 'set *') }}
  {%- elif clause.get('action') == 'insert' -%}
    {%- if mode == 'explicit' -%}
      insert ({{ clause.insert.columns | join(', ') }}) values ({{ clause.insert['values'] | join(', ') }})
    {%- elif mode is none -%}
      insert ({{ get_quoted_csv(dest_columns | map(attribute='name')) }}) values (
      {%- for column in dest_columns %}DBT_INTERNAL_SOURCE.{{ column.quoted }}{{ ', ' if not loop.last }}{% endfor -%}
      )
    {%- else -%}
      insert {{ merge_mode(mode, '*') }}
    {%- endif -%}
  {%- elif clause.get('action') == 'error' -%}
    error{{ " '" ~ adapter.escape_sql_string(clause.get('error_message')) ~ "'" if clause.get('error_message') }}
  {%- else -%}
    {{ (clause.get('action') or 'do_nothing') | replace('_', ' ') }}
  {%- endif -%}
{%- endmacro %}

{% macro merge_mode(mode, star) -%}
  {{ star if mode == 'star' else mode | replace('_', ' ') }}
{%- endmacro %}

{% macro merge_update(clause, dest_columns) -%}
  {%- set update = clause.get('update') or {} -%}
  {%- set expressions = clause.get('set_expressions') or update.get('set_expressions') or {} -%}
  {%- set assignments = [] -%}
  {%- for column, expression in expressions.items() -%}
    {%- do assignments.append(column ~ ' = ' ~ expression) -%}
  {%- endfor -%}
  {%- if not clause.get('by') -%}
    {%- for column in get_merge_update_columns(update.get('include'), update.get('exclude'), dest_columns)
        if column | replace('"', '') not in expressions -%}
      {%- do assignments.append(column ~ ' = DBT_INTERNAL_SOURCE.' ~ column) -%}
    {%- endfor -%}
  {%- endif -%}
  update set {{ assignments | join(', ') }}
{%- endmacro %}

{#- Stops with every mistake in the merge_... configs at once. -#}
{% macro validate_merge_config(config, target_relation=none) %}
  {%- set errors = [] -%}
  {%- set set_options = [] -%}
  {%- for name in ['merge_update_columns', 'merge_exclude_columns', 'merge_update_set_expressions',
                   'merge_update_condition', 'merge_insert_condition', 'merge_on_using_columns', 'merge_returning_columns'] -%}
    {%- set value = config.get(name) -%}
    {%- if value is not none -%}
      {%- if name.endswith('_columns') and (value is string or value is mapping or value is not sequence or value | reject('string') | list) -%}
        {%- do errors.append(name ~ ' must be a list of columns') -%}
      {%- elif name.endswith('_expressions') and value is not mapping -%}
        {%- do errors.append(name ~ ' must map columns to expressions') -%}
      {%- elif name.endswith('_condition') and value is not string -%}
        {%- do errors.append(name ~ ' must be a text') -%}
      {%- endif -%}
      {%- if value and name not in ['merge_on_using_columns', 'merge_returning_columns'] -%}
        {%- do set_options.append(name) -%}
      {%- endif -%}
    {%- endif -%}
  {%- endfor -%}
  {%- set clauses = config.get('merge_clauses') -%}
  {%- if clauses is not none -%}
    {%- if clauses is not mapping or not (clauses.get('when_matched') or clauses.get('when_not_matched')) -%}
      {%- do errors.append("merge_clauses must map 'when_matched' or 'when_not_matched' to a list of clauses") -%}
    {%- else -%}
      {%- for name, list in clauses.items() if list is string or list is mapping or list is not sequence or list | reject('mapping') | list -%}
        {%- do errors.append('merge_clauses.' ~ name ~ ' must be a list of mappings') -%}
      {%- endfor -%}
    {%- endif -%}
    {%- if set_options -%}
      {%- do errors.append('merge_clauses takes the place of ' ~ (set_options | join(', ')) ~ ': remove these') -%}
    {%- endif -%}
  {%- endif -%}
  {%- if errors -%}
    {%- do exceptions.raise_compiler_error('the merge is not configured well: ' ~ (errors | join('; '))) -%}
  {%- endif -%}
{% endmacro %}
