select * from {{ ref('stg') }}
