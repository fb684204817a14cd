{{ config(tags=['leads'], enabled=true) }} select * from {{ source('crm','leads') }} -- {{ cents('x') }}
