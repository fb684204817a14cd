create table t (id varchar, amount decimal(18, 2), sold_on date, done boolean, tags varchar[]);
