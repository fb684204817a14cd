-- The day that recency and tenure are counted to, for every model from one place.

select
    {%- if var('snapshot_date') is not none %}
    {{ sql_date(var('snapshot_date')) }} as snapshot_date,
    {%- else %}
    cast({{ dbt.dateadd('day', 1, 'max(transaction_day)') }} as date) as snapshot_date,
    {%- endif %}
    min(transaction_day) as first_transaction_day,
    max(transaction_day) as last_transaction_day
from {{ ref('int_transactions') }}
where transaction_class <> 'suspicious' or source_system = 'transaction_logs'
