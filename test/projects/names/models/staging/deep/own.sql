{{ config(alias='own_alias', tags=['own', 'project'], meta={'owner': 'me', 'extra': 1}, post_hook="insert into main.hook_log values ('{{ this.schema }}', 'own')") }}
select * from {{ ref('below') }} union all select * from {{ ref('names', 'stg') }}
