select * from (values (1, 'a', 10), (2, 'b', 20)) t(id, name, amount)
