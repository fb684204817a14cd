{#- What is special about int_transactions when it is built again. -#}

{#- True when something that the stored rows were made of is gone: a load that was taken back, or lines of the log. Then
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
