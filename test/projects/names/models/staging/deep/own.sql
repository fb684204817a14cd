{{ config(alias='own_alias', tags=['own', 'project'], meta={'owner': 'me', 'extra': 1}, post_hook="{{ log_to('own') }}") }}
select * from {{ ref('below') }} union all select * from {{ ref('names', 'stg') }}
