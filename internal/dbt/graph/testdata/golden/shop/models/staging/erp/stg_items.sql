select * from {{ source('erp','items') }}
