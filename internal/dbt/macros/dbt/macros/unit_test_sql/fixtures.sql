{#- The rows that a unit test gives, as a query. Columns left out are null. The
    types come from `this`, or from its deferred twin when it is not there. -#}
{% macro get_fixture_sql(rows, column_name_to_data_types) %}
  {%- set types = column_name_to_data_types or {} -%}
  {%- set quoted = {} -%}
  {%- if not types -%}
    {%- set relation = defer_relation if defer_relation and not load_relation(this) else this -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
      {%- do types.update({column.name | lower: column.data_type}) -%}
      {%- do quoted.update({column.name | lower: column.quoted}) -%}
    {%- endfor -%}
    {%- if not types -%}
      {%- do exceptions.raise_compiler_error(
          "the columns of '" ~ model.name ~ "', an input of a unit test, are not known: " ~ relation ~ ' does not exist. Build it first') -%}
    {%- endif -%}
  {%- endif -%}
  {%- do validate_fixture_rows(rows, none) -%}

  {%- set blank = {} -%}
  {%- for name, type in types.items() -%}
    {%- do blank.update({name: safe_cast('null', type) | trim}) -%}
  {%- endfor -%}
  {%- set selects = [] -%}
  {%- for row in rows -%}
    {%- set filled = blank.copy() -%}
    {%- do filled.update(format_row(row, types)) -%}
    {%- do selects.append(select_row(filled, quoted)) -%}
  {%- endfor -%}
  {{- selects | join('\nunion all\n') if selects else select_row(blank, quoted) ~ '\nlimit 0' -}}
{% endmacro %}

{#- The rows that a unit test expects, as a query. -#}
{% macro get_expected_sql(rows, column_name_to_data_types, column_name_to_quoted) %}
  {%- set selects = [] -%}
  {%- for row in rows or [] -%}
    {%- do selects.append(select_row(format_row(row, column_name_to_data_types), column_name_to_quoted)) -%}
  {%- endfor -%}
  {{- selects | join('\nunion all\n') if selects else 'select * from dbt_internal_unit_test_actual\nlimit 0' -}}
{% endmacro %}

{% macro select_row(values, column_name_to_quoted) %}
  {%- set parts = [] -%}
  {%- for name, value in values.items() -%}
    {%- do parts.append((value | trim) ~ ' as ' ~ column_name_to_quoted.get(name, adapter.quote(name))) -%}
  {%- endfor -%}
  {%- do return('select ' ~ (parts | join(', '))) -%}
{% endmacro %}

{#- One row as SQL literals cast to the columns' types; names in lower case. -#}
{% macro format_row(row, column_name_to_data_types) -%}
  {%- set out = {} -%}
  {%- for name, value in row.items() -%}
    {%- set name = name | lower -%}
    {%- if name not in column_name_to_data_types -%}
      {%- do exceptions.raise_compiler_error(
          "a unit test names the column '" ~ name ~ "', which "
          ~ ('the tested model' if model.resource_type == 'unit_test' else "'" ~ model.name ~ "'")
          ~ ' does not have. Its columns are: ' ~ (column_name_to_data_types.keys() | join(', '))) -%}
    {%- endif -%}
    {%- set type = column_name_to_data_types[name] -%}
    {%- if value is string -%}
      {#- A length would cut the text and hide a difference. -#}
      {%- set type = type.split('(')[0] if 'varying' in type else type -%}
      {%- set literal = dbt.string_literal(dbt.escape_single_quotes(value)) -%}
    {%- else -%}
      {%- set literal = 'null' if value is none else value -%}
    {%- endif -%}
    {%- do out.update({name: safe_cast(literal, type)}) -%}
  {%- endfor -%}
  {%- do return(out) -%}
{%- endmacro %}

{#- A place for adapters to refuse rows that they cannot write. -#}
{% macro validate_fixture_rows(rows, row_number) -%}
  {%- do return(adapter.dispatch('validate_fixture_rows', 'dbt')(rows, row_number)) -%}
{%- endmacro %}

{% macro default__validate_fixture_rows(rows, row_number) -%}
{%- endmacro %}
