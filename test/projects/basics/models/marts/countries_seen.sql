-- depends_on: {{ ref('countries') }}
select c.name, count(*) as orders
from {{ source('raw', 'countries') }} as c
join {{ ref('stg_orders') }} as o on o.country = c.code
group by 1
