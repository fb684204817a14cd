{{ config(schema='sales', pre_hook=["insert into main.hook_log values ('first', 'before')", {"sql": "insert into main.hook_log values ('first', 'outside')", "transaction": false}]) }}
select count(*) as n, max(own_name) as names from {{ ref('own') }}
