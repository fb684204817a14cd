{#- What the churn tables were made of, as a text: the cut-offs, the days before the end of the
    newest label with the builds that wrote them, the attributes that held by then, the settings.
    Days after it change nothing, so on most days there is nothing to make. Empty while there is
    nothing to make them of, as when a new project is compiled.

    until: the column of int_churn_cutoffs whose newest day ends what is read. Features end with
           the cut-off: late lines, which mostly lie in the label, do not touch them. -#}
{% macro churn_inputs(until='label_end_date') -%}
    {%- if execute -%}
        {%- for relation in [ref('int_churn_cutoffs'), ref('mart_customer_daily'), ref('dim_customer')] -%}
            {%- if adapter.get_relation(relation.database, relation.schema, relation.identifier) is none -%}
                {{ return('') }}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set sql -%}
        select
            coalesce(
                (
                    select {{ dbt.concat(["cast(max(cutoff_date) as varchar)", "'|'", "cast(count(*) as varchar)"]) }}
                    from {{ ref('int_churn_cutoffs') }}
                ), ''
            )
            || '|' || (
                select
                    cast(count(*) as varchar) || '|' || cast(coalesce(sum(_build_number), 0) as varchar)
                    || '|' || coalesce(min(_inputs), '') || '|' || coalesce(max(_inputs), '')
                from {{ ref('mart_customer_daily') }}
                where activity_date < (select max({{ until }}) from {{ ref('int_churn_cutoffs') }})
            )
            || '|' || (
                select cast(count(*) as varchar) || '|' || cast(coalesce(max(_load_id), 0) as varchar)
                from {{ ref('dim_customer') }}
                where
                    -- Who is known from transactions only has no attributes that could change.
                    not is_inferred
                    and valid_from < (select max(cutoff_date) from {{ ref('int_churn_cutoffs') }})
            )
    {%- endset -%}
    {{ return(
        scalar(sql, '', [ref('dim_customer'), ref('int_churn_cutoffs'), ref('mart_customer_daily')]) ~ '|' ~ var('churn_horizon_days') ~ '|' ~ var('churn_baseline_days') ~ '|' ~ var('churn_spend_floor')
        ~ '|' ~ local_md5(churn_features() | join(','))
    ) }}
{%- endmacro %}

{#- True in an incremental run whose stored rows were made of the same. A table without rows is not. -#}
{% macro churn_unchanged(until='label_end_date') -%}
    {%- if not is_incremental() -%}
        {{ return(false) }}
    {%- endif -%}
    {{ return(scalar('select max(_inputs) from ' ~ this, '') == churn_inputs(until)) }}
{%- endmacro %}

{#- Pre-hook: takes out all rows when they are made anew. -#}
{% macro delete_when_churn_changed(until='label_end_date') -%}
    {%- if execute and is_incremental() and not churn_unchanged(until) -%}
        delete from {{ this }}
    {%- endif -%}
{%- endmacro %}
