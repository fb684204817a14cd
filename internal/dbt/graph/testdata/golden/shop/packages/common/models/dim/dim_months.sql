select * from {{ ref('dim_days') }}
