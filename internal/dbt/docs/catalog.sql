-- Every column of the tables and views of all databases but the engine's own.
select
    c.database_name,
    c.schema_name,
    c.table_name,
    t.kind,
    t.comment,
    c.column_name,
    c.data_type,
    c.comment as column_comment
from duckdb_columns() as c
inner join (
    select
        database_oid,
        schema_oid,
        table_oid,
        'BASE TABLE' as kind,
        comment
    from duckdb_tables()
    where not internal
    union all
    select
        database_oid,
        schema_oid,
        view_oid,
        'VIEW',
        comment
    from duckdb_views()
    where not internal
) as t on c.database_oid = t.database_oid and c.schema_oid = t.schema_oid and c.table_oid = t.table_oid
order by c.database_name, c.schema_name, c.table_name, c.column_index
