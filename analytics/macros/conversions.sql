{#- What stored conversions depend on besides messages and transactions. -#}
{% macro conversion_inputs() -%}
    {{ return(var('communication_conversion_days') ~ '|' ~ (var('snapshot_date') or '')) }}
{%- endmacro %}

{#- Pre-hook of int_communication_conversions: takes out the messages that are to be looked at again. -#}
{% macro delete_changed_conversions() -%}
    {%- if execute and is_incremental() -%}
        delete from {{ this }}
        where
            _inputs <> '{{ conversion_inputs() }}'
            or sent_day >= (select snapshot_date from {{ ref('int_snapshot') }})
            or sent_day in (
                {%- for offset in range(var('communication_conversion_days') + 1) %}
                select cast({{ dbt.dateadd('day', -offset, 'changed_day') }} as date)
                from ({{ changed_periods('day') }}) as changed (changed_day)
                {%- if not loop.last %}
                union
                {%- endif %}
                {%- endfor %}
            )
            or not exists (
                select 1
                from {{ ref('stg_communications') }} as messages
                where
                    messages.communication_id = {{ this.identifier }}.communication_id
                    and messages.customer_id = {{ this.identifier }}.customer_id
                    and messages.sent_at = {{ this.identifier }}.sent_at
            )
    {%- endif -%}
{%- endmacro %}
