select i as id, i % 3 as grp, case when i = 7 then null else 'n' || i end as name, case when i < 5 then 'low' else 'high' end as level from range(10) t(i)
