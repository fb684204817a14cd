with x as (select * from {{ ref('c') }}) select * from x where twice > 100
