select 1 as id, 'described' as name
