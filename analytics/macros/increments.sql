{#- What incremental models of events, messages and points know of what was built before. Each row carries the number of the
    build of its staging table that it was made from. -#}

{#- True when some stored row of a staging table came with a load that is not there any more, or with none: what it
    replaced cannot be told, so that all rows are made anew. -#}
{% macro loads_gone() -%}
    {#- Asked for first, so that the dependency is seen when nothing runs yet. -#}
    {%- set loads = source('bronze', 'loads') -%}
    {%- if not is_incremental() -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set gone -%}
        select count(*)
        from (select distinct _load_id from {{ this }}) as stored
        where not exists (
            select 1 from {{ loads }} as loads where loads.load_id = stored._load_id
        )
    {%- endset -%}
    {{ return(scalar(gone, 0) | int > 0) }}
{%- endmacro %}

{#- Condition on the rows of a source: those that the staging table has not seen. -#}
{% macro is_fresh() -%}
    {%- if not loads_gone() and is_incremental() -%}
        (_load_id > {{ stored_max('_load_id') }} or _load_id is null)
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{#- The number that a staging table gives to the rows of this build. -#}
{% macro next_build() -%}
    {%- if is_incremental() -%}
        {{ return(stored_max('_build_number') | int + 1) }}
    {%- endif -%}
    {{ return(1) }}
{%- endmacro %}

{#- Pre-hook of such a staging table. -#}
{% macro delete_when_loads_gone() -%}
    {%- if loads_gone() and execute -%}
        delete from {{ this }}
    {%- endif -%}
{%- endmacro %}

{#- The newest build of a relation. -#}
{% macro build_of(relation) -%}
    {{ return(scalar('select max(_build_number) from ' ~ relation, 0, [relation])) }}
{%- endmacro %}

{#- True when no row of a relation is as old as a build, or when it has no rows. -#}
{% macro all_made_since(relation, build) -%}
    {{ return(scalar('select min(_build_number) from ' ~ relation, build | int + 1, [relation]) | int > build | int) }}
{%- endmacro %}

{#- The snapshot date as a text; the empty text without one. -#}
{% macro snapshot_text() -%}
    {{ return(scalar('select cast(snapshot_date as ' ~ dbt.type_string() ~ ') from ' ~ ref('int_snapshot'), '', [ref('int_snapshot')])) }}
{%- endmacro %}

{#- The build of `upstream` that this table is made from, or none when all of its rows are to be made anew: in a first run,
    with other inputs, after the upstream has begun to count anew or all of its rows were made anew (what they replaced cannot
    be told) and, for a table that leaves out what lies on the snapshot date or after it, when that date has gone back. -#}
{% macro built_from(upstream, inputs, is_dated=true) -%}
    {%- if not is_incremental() -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set others = scalar("select count(*) from " ~ this ~ " where _inputs <> '" ~ inputs ~ "'", 0) | int -%}
    {%- set stored = stored_max('_build_number') | int -%}
    {%- if others > 0 or stored < 0 or stored > build_of(upstream) | int or all_made_since(upstream, stored) -%}
        {{ return(none) }}
    {%- endif -%}
    {%- if is_dated and stored_snapshot() > snapshot_text() -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return(stored) }}
{%- endmacro %}

{#- True when this table was built with the newest build of `upstream`, whose rows remember one build, or with the one before.
    column: has the number of that build. -#}
{% macro built_in_step(column, upstream) -%}
    {%- set stored = stored_max(column) | int -%}
    {{ return(stored >= 0 and build_of(upstream) | int - stored in [0, 1]) }}
{%- endmacro %}

{#- The newest snapshot date that stored rows were made for, as a text. What lies on it or after it was left out then. -#}
{% macro stored_snapshot() -%}
    {{ return(scalar('select max(_snapshot_date) from ' ~ this, '')) }}
{%- endmacro %}

{#- Condition on rows of `upstream` that came since this table was built, or that were on or after its snapshot date. -#}
{% macro is_new_to_this(since, day) -%}
    (_build_number > {{ since }} or {{ day }} >= {{ sql_date(stored_snapshot() or '1900-01-01') }})
{%- endmacro %}

{#- Strategy replace_all: a model that makes its rows from those that it had. -#}
{% macro get_incremental_replace_all_sql(arg_dict) -%}
    delete from {{ arg_dict['target_relation'] }};
    {{ get_incremental_append_sql(arg_dict) }}
{%- endmacro %}
