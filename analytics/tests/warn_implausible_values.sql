-- Values that staging takes for none: dates of birth before 1900 or after their load, costs and prices below 0. And
-- initiatives that it sets aside, since they ended before they started.

{{ config(severity='warn', warn_if='> 0') }}

select
    'customers.birth_date' as column_name,
    count(*) as row_count
from {{ source('bronze', 'customers') }}
where
    birth_date < cast('1900-01-01' as date)
    or birth_date > cast(coalesce(_loaded_at, updated_at) as date)
having count(*) > 0

union all

select
    'products.unit_cost, products.list_price' as column_name,
    count(*) as row_count
from {{ source('bronze', 'products') }}
where
    unit_cost < 0
    or list_price < 0
having count(*) > 0

union all

select
    'esg_initiatives.ended_on' as column_name,
    count(*) as row_count
from {{ ref('stg_esg_initiatives') }}
where set_aside_reason is not null
having count(*) > 0

union all

select
    'esg_initiatives.cost' as column_name,
    count(*) as row_count
from {{ source('bronze', 'esg_initiatives') }}
where cost < 0
having count(*) > 0
