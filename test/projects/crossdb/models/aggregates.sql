select grp, {{ dbt.any_value('1') }} as any_one, {{ dbt.bool_or('v > 2') }} as some, {{ dbt.listagg('v', "'-'", 'order by v') }} as list, {{ dbt.listagg('v', "'-'", 'order by v desc', 2) }} as two
from (values ('a', 1), ('a', 3), ('a', 2), ('b', 1)) t(grp, v) group by grp
