select 1 as id, 'same' as name
