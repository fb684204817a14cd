{#- What large incremental models know of what was built before. All are numbers and texts and no subqueries, so that the
    engine can skip the blocks of a table that hold nothing newer. -#}

{#- The single value of a query, or `otherwise` when there is none, nothing runs yet, or a relation of `reads` is not
    there: SQL is compiled before the first build too, and the rows that a unit test gives are in no table. -#}
{% macro scalar(sql, otherwise, reads=[]) -%}
    {%- set missing = [] -%}
    {%- if execute -%}
        {%- for relation in reads if relation.is_cte or load_relation(relation) is none -%}
            {%- do missing.append(relation) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if execute and not missing -%}
        {%- set rows = run_query(sql) -%}
        {%- if rows | length > 0 and rows[0][0] is not none -%}
            {{ return(rows[0][0]) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(otherwise) }}
{%- endmacro %}

{#- The greatest value of a number column of the stored table; -1 when it has none. -#}
{% macro stored_max(column) -%}
    {{ return(scalar('select max(' ~ column ~ ') from ' ~ this, -1)) }}
{%- endmacro %}

{#- The number of the newest build of int_transactions that changed a row. -#}
{% macro transactions_build() -%}
    {{ return(build_of(ref('int_transactions'))) }}
{%- endmacro %}

{#- What the figures of a line depend on besides the stored line: the gross margin and a snapshot date that is set. A
    stored row that was made with another value of it is made anew. -#}
{% macro line_inputs() -%}
    {%- set margin = scalar('select ' ~ business_constant('gross_margin'), '', [ref('business_constants')]) -%}
    {{ return(margin ~ '|' ~ (var('snapshot_date') or '')) }}
{%- endmacro %}

{#- Which numbering the customers have: another one when int_customer_numbers was made anew. -#}
{% macro customer_numbering(numbers) -%}
    {{ return(scalar('select max(_numbering) from ' ~ numbers, '', [numbers])) }}
{%- endmacro %}

{#- Post-hook of tables that later builds change in part: what a parent that was left out of a selection kept out of them would
    stay out, as the build counts as seen. Days on and after an old snapshot date are such, and customers without a number.
    days: a table of customers and days, when the table is made of it. -#}
{% macro refuse_old_parents(days=none) -%}
    {%- if execute -%}
        {%- set beyond -%}
            select count(*)
            from {{ ref('int_transactions') }}
            where
                _build_number = {{ transactions_build() }}
                and transaction_day > (select last_transaction_day from {{ ref('int_snapshot') }})
                and (transaction_class <> 'suspicious' or source_system = 'transaction_logs')
        {%- endset -%}
        {%- set numberless = 'select count(*) from ' ~ this ~ ' where _customer_number is null' -%}
        {%- set parents = [('int_snapshot', beyond), ('int_customer_numbers', numberless)] -%}
        {%- if days is not none -%}
            {%- set unseen -%}
                select count(*)
                from (
                    select 1
                    from {{ ref('int_transactions') }}
                    where
                        _build_number = {{ transactions_build() }}
                        and in_net_revenue
                        and customer_id is not null
                        and transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
                    limit 1
                ) as changed
                where {{ transactions_build() }} > {{ build_of(days) }}
            {%- endset -%}
            {%- do parents.append((days.name, unseen)) -%}
        {%- endif -%}
        {%- for parent, found in parents if scalar(found, 0) | int > 0 -%}
            {{ exceptions.raise_compiler_error(
                parent ~ ' is older than int_transactions, so that ' ~ this.name ~ ' would lack rows: build it too, as --select +'
                ~ this.name ~ ' does'
            ) }}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{#- What rows that hold numbers of customers depend on. -#}
{% macro numbered_line_inputs() -%}
    {{ return(line_inputs() ~ '|' ~ customer_numbering(ref('int_customer_numbers'))) }}
{%- endmacro %}

{#- The newest load of products or categories; -1 without any. -#}
{% macro newest_dimension_load() -%}
    {%- set loads -%}
        select max(_load_id)
        from (
            select _load_id from {{ ref('dim_product') }}
            union all
            select _load_id from {{ ref('dim_merchant_category') }}
        ) as dimensions
    {%- endset -%}
    {{ return(scalar(loads, -1, [ref('dim_product'), ref('dim_merchant_category')])) }}
{%- endmacro %}

{#- True in an incremental run whose stored rows were made with the same inputs, of transactions that are still there, and
    that missed no build of them (a row remembers one replaced row): then only what changed is made. inputs: line_inputs() when not
    given. -#}
{% macro only_changed(inputs=none) -%}
    {%- if not is_incremental() -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set others = scalar(
        "select count(*) from " ~ this ~ " where _inputs <> '" ~ (inputs or line_inputs()) ~ "'", 0
    ) -%}
    {%- set stored = stored_max('_build_number') | int -%}
    {{ return(
        others | int == 0
        and transactions_build() | int - stored <= 1
        and not all_made_since(ref('int_transactions'), stored)
    ) }}
{%- endmacro %}

{#- The periods (days or months) that hold a transaction which changed since the stored table was built, or held it
    before: as a query. period: 'day' or 'month'. -#}
{% macro changed_periods(period) -%}
    {%- set since = stored_max('_build_number') -%}
    select cast({{ dbt.date_trunc(period, 'transaction_day') }} as date)
    from {{ ref('int_transactions') }}
    where _build_number > {{ since }}
    union
    select cast({{ dbt.date_trunc(period, 'replaced_day') }} as date)
    from {{ ref('int_transactions') }}
    where
        _build_number > {{ since }}
        and replaced_day is not null
{%- endmacro %}

{#- The same as a list of first days, for in_periods. Days on or after the snapshot date are in no table of customers. -#}
{% macro changed_period_starts(period) -%}
    {%- set sql -%}
        select {{ written_day('changed.period_start') }}
        from ({{ changed_periods(period) }}) as changed (period_start)
        where changed.period_start < {{ sql_date(snapshot_text() or '9999-12-31') }}
        order by changed.period_start
    {%- endset -%}
    {{ return(days_of(sql)) }}
{%- endmacro %}

{#- Condition on rows: those of a changed period. day: the day of a row, or the first of its period. -#}
{% macro in_changed_periods(day, period) -%}
    {{ in_periods(day, changed_period_starts(period), period) }}
{%- endmacro %}

{#- Condition on rows: those of a customer in a period (day or month) of which a transaction changed. customer, day: columns. -#}
{% macro in_changed_customer_periods(customer, day, period) -%}
    {%- set since = stored_max('_build_number') -%}
    {{ in_changed_periods(day, period) }}
    and ({{ after_days(customer) }}, cast({{ dbt.date_trunc(period, day) }} as date)) in (
        {%- for prefix, changed_day in [('', 'transaction_day'), ('replaced_', 'replaced_day')] %}
        {{ 'union' if not loop.first }}
        select
            {{ prefix }}customer_id,
            cast({{ dbt.date_trunc(period, changed_day) }} as date)
        from {{ ref('int_transactions') }}
        where
            _build_number > {{ since }}
            and {{ prefix }}customer_id is not null
        {%- endfor %}
    )
{%- endmacro %}

{#- Pre-hook: takes out the rows of the periods that the model is about to write. A partition that has lost its last
    row has none to write, so that a delete by the new rows' key would leave it. -#}
{% macro delete_changed_periods(column, period, inputs=none) -%}
    {%- if execute and is_incremental() -%}
        delete from {{ this }}
        {%- if only_changed(inputs) %}
        where {{ in_changed_periods(column, period) }}
        {%- endif %}
    {%- endif -%}
{%- endmacro %}

{#- Pre-hook of tables of customers and periods. -#}
{% macro delete_changed_customer_periods(column, period, inputs=none) -%}
    {%- if execute and is_incremental() -%}
        delete from {{ this }}
        {%- if only_changed(inputs) %}
        where {{ in_changed_customer_periods('customer_id', column, period) }}
        {%- endif %}
    {%- endif -%}
{%- endmacro %}

{#- The first day of a changed transaction as a text, from which on a table of running figures is made again; a day that never
    comes when nothing changed, and none when all of its days are made anew. Days without a transaction behind the last
    stored one are new as well. column: the stored day. -#}
{% macro first_changed_day(column) -%}
    {%- if not only_changed() -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set next_day = "cast(" ~ dbt.dateadd('day', 1, 'max(' ~ column ~ ')') ~ " as date)" -%}
    {%- set next = scalar('select ' ~ written_day(next_day) ~ ' from ' ~ this ~ ' having count(*) > 0', '9999-12-31') -%}
    {{ return([changed_period_starts('day') | first | default('9999-12-31', true), next] | min) }}
{%- endmacro %}

{#- Pre-hook of such a table. -#}
{% macro delete_from_first_changed_day(column) -%}
    {%- if execute and is_incremental() -%}
        {%- set first_day = first_changed_day(column) -%}
        delete from {{ this }}
        {%- if first_day is not none %}
        where {{ column }} >= {{ sql_date(first_day) }}
        {%- endif %}
    {%- endif -%}
{%- endmacro %}
