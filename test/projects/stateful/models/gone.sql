select 1 as id, 'gone' as name
