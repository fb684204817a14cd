{#- Tables of sums over all sales by a few keys, too many to be made anew each day: the sums of what changed since are added to
    the stored ones. A key that has lost its last line has line_count 0, and a hook of the model takes it out. -#}

{#- The query of such a table. keys: columns of int_transaction_changes; sums: {name: [expression of its columns, type]}, with
    line_count among them; sales_only: false takes lines of all classes and days; numbered: the rows hold the number of their
    customer. -#}
{% macro changed_sums(keys, sums, sales_only=true, numbered=false) -%}
{%- set inputs = numbered_line_inputs() if numbered else line_inputs() -%}
{%- set part = only_changed(inputs) -%}
with changes as (
    select
        {%- for key in keys %}
        {{ key }},
        {%- endfor %}
        {%- for name, sum in sums.items() %}
        sum(sign * {{ sum[0] }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_transaction_changes') }}
    where
        {%- for key in keys %}
        {{ 'and ' if not loop.first }}{{ key }} is not null
        {%- endfor %}
        {%- if sales_only %}
        and transaction_class = 'sale'
        and transaction_day < (select snapshot_date from {{ ref('int_snapshot') }})
        {%- endif %}
        {%- if part %}
        and _build_number > {{ stored_max('_build_number') }}
        {%- else %}
        and sign = 1
        {%- endif %}
    group by {{ keys | join(', ') }}
)

select
    {%- for key in keys %}
    changes.{{ key }},
    {%- endfor %}
    {%- for name, sum in sums.items() %}
    {%- if part %}
    cast(coalesce(stored.{{ name }}, 0) + coalesce(changes.{{ name }}, 0) as {{ sum[1] }}) as {{ name }},
    {%- else %}
    cast(coalesce(changes.{{ name }}, 0) as {{ sum[1] }}) as {{ name }},
    {%- endif %}
    {%- endfor %}
    {%- if numbered %}
    numbers.customer_number as _customer_number,
    {%- endif %}
    {{ transactions_build() }} as _build_number,
    '{{ inputs }}' as _inputs
from changes
{%- if numbered %}
left join {{ ref('int_customer_numbers') }} as numbers
    on changes.customer_id = numbers.customer_id
{%- endif %}
{%- if part %}
left join {{ this }} as stored
    on
        {%- for key in keys %}
        {{ 'and ' if not loop.first }}changes.{{ key }} = stored.{{ key }}
        {%- endfor %}
{%- endif %}
{%- endmacro %}

{#- Pre-hook: empties the table when all of its rows are made anew. -#}
{% macro delete_when_sums_anew(inputs=none) -%}
    {%- if execute and is_incremental() and not only_changed(inputs) -%}
        delete from {{ this }}
    {%- endif -%}
{%- endmacro %}
