{#- Pre-hook of int_loyalty_matches: takes out the members of whom an entry came since, lay on the snapshot date or after it,
    or went to another member. -#}
{% macro delete_changed_members() -%}
    {%- if execute and is_incremental() -%}
        {%- set since = built_from(ref('stg_loyalty_data'), '') -%}
        delete from {{ this }}
        {%- if since is not none %}
        where
            customer_id in (
                select customer_id
                from {{ ref('stg_loyalty_data') }}
                where {{ is_new_to_this(since, 'entry_day') }}
            )
            or credit_entry_id in (select entry_id from {{ ref('stg_loyalty_data') }} where _build_number > {{ since }})
            or debit_entry_id in (select entry_id from {{ ref('stg_loyalty_data') }} where _build_number > {{ since }})
        {%- endif %}
    {%- endif -%}
{%- endmacro %}
