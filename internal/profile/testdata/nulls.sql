create table t (id varchar, amount decimal(18, 2), price double, sold_on date, sold_at timestamp, done boolean, tags varchar[], personal varchar);
insert into t select null, null, null, null, null, null, null, null from range(3);
