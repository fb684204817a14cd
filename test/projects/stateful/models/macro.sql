select {{ deep() }} as id, 'macro' as name
