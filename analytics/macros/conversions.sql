{#- What stored conversions depend on besides messages and transactions. -#}
{% macro conversion_inputs() -%}
    {{ return(var('communication_conversion_days') ~ '|' ~ (var('snapshot_date') or '')) }}
{%- endmacro %}

{#- The first day whose transactions an incremental run has to look at: that of the first message that is not stored as it
    is, or that of the first message whose time for an order may reach a changed day. The engine skips the blocks of
    the transactions before it. -#}
{% macro first_conversion_day() -%}
    {%- set others = "select count(*) from " ~ this ~ " where _inputs <> '" ~ conversion_inputs() ~ "'" -%}
    {%- if not is_incremental() or scalar(others, 0) | int > 0 -%}
        {{ return('1900-01-01') }}
    {%- endif -%}
    {%- set first_day -%}
        select cast(min(first_day) as {{ dbt.type_string() }})
        from (
            select min(messages.sent_day) as first_day
            from {{ ref('stg_communications') }} as messages
            where not exists (
                select 1
                from {{ this }} as stored
                where
                    stored.communication_id = messages.communication_id
                    and stored.customer_id = messages.customer_id
                    and stored.sent_at = messages.sent_at
            )
            union all
            select cast({{ dbt.dateadd('day', -var('communication_conversion_days'), 'min(changed.changed_day)') }} as date)
            from ({{ changed_periods('day') }}) as changed (changed_day)
        ) as days
    {%- endset -%}
    {{ return(scalar(first_day, '9999-12-31')) }}
{%- endmacro %}

{#- Pre-hook of int_communication_conversions: takes out the messages that are to be looked at again. -#}
{% macro delete_changed_conversions() -%}
    {%- if execute and is_incremental() -%}
        delete from {{ this }}
        where
            _inputs <> '{{ conversion_inputs() }}'
            or sent_day >= (select snapshot_date from {{ ref('int_snapshot') }})
            or sent_day in (
                -- The transactions are read once and their days moved back, not read for each day.
                select cast({{ dbt.dateadd('day', '-offsets.day_count', 'changed.changed_day') }} as date)
                from ({{ changed_periods('day') }}) as changed (changed_day)
                cross join (
                    {%- for offset in range(var('communication_conversion_days') + 1) %}
                    select {{ offset }} as day_count
                    {%- if not loop.last %}
                    union all
                    {%- endif %}
                    {%- endfor %}
                ) as offsets
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
