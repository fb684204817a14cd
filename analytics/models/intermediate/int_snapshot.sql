-- The day that recency and tenure are counted to, for every model from one place.

select
    {%- if var('snapshot_date') is not none %}
    {{ sql_date(var('snapshot_date')) }} as snapshot_date,
    {%- else %}
    cast({{ dbt.dateadd('day', 1, 'max(invoice_day)') }} as date) as snapshot_date,
    {%- endif %}
    min(invoice_day) as first_transaction_day,
    max(invoice_day) as last_transaction_day
from {{ ref('stg_transaction_logs') }}
