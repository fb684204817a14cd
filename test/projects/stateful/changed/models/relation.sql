{{ config(alias='moved') }} select 1 as id, 'relation' as name
