{#- Days and months written out as ranges: an engine skips the blocks of a table that lie outside a range, and cannot do that
    with a list or a query. -#}

{#- Condition on a day: it lies in one of the periods (day or month) that begin on `starts`, which are texts as written by
    written_day, in any order; none among them stands for rows without a day. -#}
{% macro in_periods(day, starts, period='day') -%}
    {%- set ranges = [] -%}
    {%- set numbers = [] -%}
    {%- for start in starts if start is not none -%}
        {%- do numbers.append(period_number(start, period)) -%}
    {%- endfor -%}
    {%- set begun = namespace(number=none) -%}
    {%- for number in numbers | unique | sort -%}
        {%- if number - 1 not in numbers -%}
            {%- set begun.number = number -%}
        {%- endif -%}
        {%- if number + 1 not in numbers -%}
            {%- do ranges.append('(' ~ in_range(day, begun.number, number, period) ~ ')') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if none in starts -%}
        {%- do ranges.append(day ~ ' is null') -%}
    {%- endif -%}
    {%- if ranges -%}
        ({{ ranges | join(' or ') }})
    {%- else -%}
        1 = 0
    {%- endif -%}
{%- endmacro %}

{#- Condition on a day: from the period of one number to that of another. The ends of the calendar are open. -#}
{% macro in_range(day, first, last, period) -%}
    {%- set first_day = period_start(first, period) -%}
    {%- set last_day = period_start(last, period) -%}
    {%- set bounds = [] -%}
    {%- if first_day != '0001-01-01' -%}
        {%- do bounds.append(day ~ ' >= ' ~ sql_date(first_day)) -%}
    {%- endif -%}
    {%- if last_day != '9999-12-31' -%}
        {%- do bounds.append(day ~ ' < ' ~ sql_date(period_start(last + 1, period))) -%}
    {%- endif -%}
    {{ bounds | join(' and ') or '1 = 1' }}
{%- endmacro %}

{#- A day as a text of the calendar that in_periods counts in: years with four digits. -#}
{% macro written_day(day) -%}
    case
        when {{ day }} < {{ sql_date('0001-01-01') }} then '0001-01-01'
        when {{ day }} > {{ sql_date('9999-12-31') }} then '9999-12-31'
        else cast({{ day }} as {{ dbt.type_string() }})
    end
{%- endmacro %}

{#- The days that a query tells as such texts, as a list; empty while nothing runs. -#}
{% macro days_of(sql) -%}
    {%- set days = [] -%}
    {%- if execute -%}
        {%- for row in run_query(sql) -%}
            {%- do days.append(row[0]) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(days) }}
{%- endmacro %}

{#- Days and months counted, so that the next has the next number. start: 'YYYY-MM-DD'. -#}
{% macro period_number(start, period) -%}
    {%- if period == 'day' -%}
        {{ return(modules.datetime.date.fromisoformat(start).toordinal()) }}
    {%- endif -%}
    {{ return((start[:4] | int) * 12 + (start[5:7] | int) - 1) }}
{%- endmacro %}

{#- The first day of the period with a number, as a text. -#}
{% macro period_start(number, period) -%}
    {%- if period == 'day' -%}
        {{ return(modules.datetime.date.fromordinal(number).isoformat()) }}
    {%- endif -%}
    {{ return('%04d-%02d-01' | format(number // 12, number % 12 + 1)) }}
{%- endmacro %}

{#- A text column in a condition beside one on days. The bare column would be compared first, in all rows: the engine hands what
    is looked for down to the reading of the table, and texts are dear to read. -#}
{% macro after_days(column) -%}
    {{ column }} || ''
{%- endmacro %}

{#- The same for a time. -#}
{% macro time_after_days(column) -%}
    {{ dbt.dateadd('day', 0, column) }}
{%- endmacro %}
