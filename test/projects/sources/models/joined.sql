select c.id, c.name, o."A Name" as odd from {{ source('raw', 'customers') }} as c cross join {{ source('odd', 'table') }} as o
