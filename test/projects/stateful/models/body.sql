select 1 as id, 'body' as name
