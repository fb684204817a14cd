select 2 as id, 'body' as name
