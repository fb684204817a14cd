select * from (values (1), (2)) t(a) {{ dbt.except() }} select 2 union all (select 7 {{ dbt.intersect() }} select 7)
