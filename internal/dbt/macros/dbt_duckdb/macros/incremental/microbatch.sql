{#- Replaces one window of event time: [event_time_start, event_time_end). -#}
{% macro duckdb__get_incremental_microbatch_sql(arg_dict) -%}
  {%- set event_time = config.get('event_time') -%}
  {%- if not event_time -%}
    {%- do exceptions.raise_compiler_error("the strategy microbatch needs the config 'event_time': the column that says when a row happened") -%}
  {%- endif -%}
  {%- if config.get('unique_key') -%}
    {%- do exceptions.raise_compiler_error(
        "the strategy microbatch replaces windows of time and does not look at 'unique_key': remove it, or use merge") -%}
  {%- endif -%}
  {%- set batch = model.get('batch') -%}
  {%- if not (batch and batch.event_time_start and batch.event_time_end) -%}
    {%- do exceptions.raise_compiler_error('the strategy microbatch runs in batches only, and this run has none') -%}
  {%- endif -%}
  {%- set window -%}
{{ event_time }} >= '{{ batch.event_time_start }}' and {{ event_time }} < '{{ batch.event_time_end }}'
  {%- endset -%}
delete from {{ arg_dict['target_relation'] }}
where {{ window }}
  {%- for predicate in predicate_list(arg_dict.get('incremental_predicates')) %}
  and ({{ predicate }})
  {%- endfor %};
{{ get_insert_into_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['dest_columns']) }}
where {{ window }}
{%- endmacro %}
