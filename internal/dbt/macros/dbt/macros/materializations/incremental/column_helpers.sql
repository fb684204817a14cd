{% macro get_quoted_csv(column_names) %}
  {%- set quoted = [] -%}
  {%- for name in column_names -%}
    {%- do quoted.append(adapter.quote(name)) -%}
  {%- endfor -%}
  {%- do return(quoted | join(', ')) -%}
{% endmacro %}

{#- The columns of the first list whose names the second does not have. -#}
{% macro diff_columns(source_columns, target_columns) %}
  {%- set names = target_columns | map(attribute='name') | map('lower') | list -%}
  {%- set out = [] -%}
  {%- for column in source_columns if column.name | lower not in names -%}
    {%- do out.append(column) -%}
  {%- endfor -%}
  {%- do return(out) -%}
{% endmacro %}

{#- What has another type in the source than in the target: [{column_name, new_type}]. -#}
{% macro diff_column_data_types(source_columns, target_columns) %}
  {%- do return(adapter.dispatch('diff_column_data_types', 'dbt')(source_columns, target_columns)) -%}
{% endmacro %}

{% macro default__diff_column_data_types(source_columns, target_columns) %}
  {%- set types = {} -%}
  {%- for column in target_columns -%}
    {%- do types.update({column.name | lower: column}) -%}
  {%- endfor -%}
  {%- set out = [] -%}
  {%- for column in source_columns -%}
    {%- set target = types.get(column.name | lower) -%}
    {%- if target and column.expanded_data_type != target.expanded_data_type and not column.can_expand_to(target) -%}
      {%- do out.append({'column_name': target.name, 'new_type': column.expanded_data_type}) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- do return(out) -%}
{% endmacro %}

{#- The quoted columns that a merge overwrites. -#}
{% macro get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}
  {%- do return(adapter.dispatch('get_merge_update_columns', 'dbt')(
      merge_update_columns, merge_exclude_columns, dest_columns)) -%}
{% endmacro %}

{% macro default__get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}
  {%- if merge_update_columns and merge_exclude_columns -%}
    {%- do exceptions.raise_compiler_error(
        'merge_update_columns and merge_exclude_columns exclude each other: keep one of them') -%}
  {%- endif -%}
  {%- if merge_update_columns -%}
    {%- do return(merge_update_columns) -%}
  {%- endif -%}
  {%- set excluded = (merge_exclude_columns or []) | map('lower') | list -%}
  {%- set out = [] -%}
  {%- for column in dest_columns if column.name | lower not in excluded -%}
    {%- do out.append(column.quoted) -%}
  {%- endfor -%}
  {%- do return(out) -%}
{% endmacro %}
