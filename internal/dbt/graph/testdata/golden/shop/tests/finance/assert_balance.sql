{{ config(tags=['audit'], store_failures=true) }} select * from {{ ref('margin') }}, {{ ref('orders') }} where false
