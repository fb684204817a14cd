select 1 as id, 'config' as name
