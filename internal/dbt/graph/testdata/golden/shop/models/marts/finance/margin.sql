select * from {{ ref('revenue') }}, {{ ref('customers') }}
