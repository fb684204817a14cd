{#- Post-hook of incremental models: takes out rows whose key the source no longer has. A
    merge or a partition overwrite alone would leave them for ever. -#}
{% macro delete_vanished(key, relation) -%}
    delete from {{ this }}
    where not exists (
        select 1
        from {{ relation }} as source_rows
        where source_rows.{{ key }} = {{ this.identifier }}.{{ key }}
    )
{%- endmacro %}
