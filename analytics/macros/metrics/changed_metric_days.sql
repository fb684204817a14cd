{#- The days of metric_daily that are to be made again, written out: those with a changed line, and those with a line
    of a customer between the day of the first purchase as it was thought to be and as it is. -#}
{% macro changed_metric_days() -%}
    {%- set since = stored_max('_build_number') -%}
    {%- set days = changed_period_starts('day') -%}
    {%- set flipped -%}
        select distinct {{ written_day('daily.activity_date') }}
        from {{ ref('mart_customer_daily') }} as daily
        inner join {{ ref('int_customer_starts') }} as starts
            on daily.customer_id = starts.customer_id
        where
            starts._build_number > {{ since }}
            and daily.activity_date >= least(
                coalesce(starts.replaced_first_order_day, {{ sql_date('0001-01-01') }}),
                coalesce(starts.first_order_day, {{ sql_date('0001-01-01') }})
            )
            and daily.activity_date <= greatest(
                coalesce(starts.replaced_first_order_day, starts.first_order_day),
                coalesce(starts.first_order_day, starts.replaced_first_order_day)
            )
    {%- endset -%}
    {{ return(days + days_of(flipped)) }}
{%- endmacro %}

{#- Pre-hook of metric_daily: takes out the days that are made again. -#}
{% macro delete_changed_metric_days() -%}
    {%- if execute and is_incremental() -%}
        delete from {{ this }}
        {%- if only_changed() %}
        where {{ in_periods('transaction_day', changed_metric_days()) }}
        {%- endif %}
    {%- endif -%}
{%- endmacro %}
