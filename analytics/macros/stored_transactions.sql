{#- What is special about int_transactions when it is built again. -#}

{#- True when something that the stored rows were made of is gone: a load that was taken back, lines of the log, or the hash of
    their lookup keys. Then
    all rows are made anew, for a mark or a period that the vanished rows held cannot be told from what is left. -#}
{% macro transactions_vanished() -%}
    {%- if not is_incremental() -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set vanished -%}
        select
            (
                select count(*)
                from (select distinct _load_id from {{ this }} where _load_id <> 0) as stored
                where not exists (
                    select 1 from {{ source('bronze', 'loads') }} as loads where loads.load_id = stored._load_id
                )
            ) + (
                select count(*)
                from {{ this }} as stored
                where
                    stored.source_system = 'transaction_logs'
                    and not exists (
                        select 1
                        from {{ ref('stg_transactions') }} as lines
                        where
                            lines.source_system = 'transaction_logs'
                            and lines.transaction_id = stored.transaction_id
                    )
            ) + (
                -- After a release of the engine with another hash.
                select count(*)
                from (select transaction_id, transaction_lookup from {{ this }} limit 1) as stored
                where transaction_lookup <> {{ lookup_key('transaction_id') }}
            ) as vanished
    {%- endset -%}
    {{ return(scalar(vanished, 0) | int > 0) }}
{%- endmacro %}

{#- Pre-hook: empties the table when all of its rows are made anew. -#}
{% macro delete_when_vanished() -%}
    {%- if execute and transactions_vanished() -%}
        delete from {{ this }}
    {%- endif -%}
{%- endmacro %}

{#- The day from which on a version of a customer that came after a load can change the key of a stored row. The only version of
    a customer changes none: rows of customers without a record have its key already. Asked of all that was delivered,
    as one that changes nothing itself can still put another one out. -#}
{% macro first_rekeyed_day(newest_load) -%}
    {%- set sql -%}
        select cast(cast(min(updated_at) as date) as {{ dbt.type_string() }})
        from (
            select
                updated_at,
                _load_id,
                count(*) over (partition by customer_id) as version_count
            from {{ ref('customer_history') }}
        ) as versions
        where
            _load_id > {{ newest_load }}
            and version_count > 1
    {%- endset -%}
    {{ return(scalar(sql, '9999-12-31', [ref('customer_history')])) }}
{%- endmacro %}

{#- Strategy replace_in_days: a row goes in the place of the one that it replaced, which is looked for on the day that it had
    (replaced_day) and not among all rows. -#}
{% macro get_incremental_replace_in_days_sql(arg_dict) -%}
    {%- set replaced = 'from ' ~ arg_dict['temp_relation'] ~ ' where replaced_class is not null' -%}
    {%- set days = days_of('select distinct ' ~ written_day('replaced_day') ~ ' ' ~ replaced) -%}
    delete from {{ arg_dict['target_relation'] }}
    where
        {{ in_periods('transaction_day', days) }}
        and {{ after_days('transaction_id') }} in (select transaction_id {{ replaced }});
    {{ get_incremental_append_sql(arg_dict) }}
{%- endmacro %}

{#- The days of the stored rows that meet a condition. with_clause: what the condition reads from. -#}
{% macro stored_days(condition, with_clause='') -%}
    {{ return(days_of(
        with_clause ~ ' select distinct ' ~ written_day('transaction_day') ~ ' from ' ~ this ~ ' where ' ~ condition
    )) }}
{%- endmacro %}
