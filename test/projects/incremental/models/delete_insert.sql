{{ config(unique_key='id') }}
select id, region, amount, {{ is_incremental() | string | lower }} as again from {{ ref('events') }}
