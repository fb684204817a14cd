{#- True for days before the snapshot date. Without any transaction there is no such date,
    and every day is before it. -#}
{% macro before_snapshot(day) -%}
    {{ day }} < (
        select coalesce(max(snapshot_date), cast('9999-12-31' as date))
        from {{ ref('int_snapshot') }}
    )
{%- endmacro %}
