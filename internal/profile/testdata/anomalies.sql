-- One thing of each kind that is unusual.
create table t (
    id varchar, amount decimal(18, 2), quantity bigint, price double, sold_on date, sold_at timestamp, country varchar,
    note varchar, same varchar, nothing varchar, email varchar, personal_name varchar, personal_born date, started varchar, code varchar, done varchar
);
insert into t
select
    'T-' || i, 10 + (i % 7), 1 + i % 3, i / 4.0, date '2025-01-01' + (i % 60)::integer, timestamp '2025-01-01 08:00:00' + to_hours(i), 'France',
    'note ' || i, 'x', null, 'a' || i || '@example.org', 'Ann ' || i, date '1980-01-01' + (i * 30)::integer, '2025-02-' || lpad((1 + i % 28)::varchar, 2, '0'),
    (1000 + i)::varchar, case when i % 2 = 0 then 'yes' else 'no' end
from range(200) as r (i);
update t set amount = 99.99 where id = 'T-3';
update t set amount = -500 where id = 'T-4';
update t set amount = 20 where id = 'T-5';
update t set quantity = -1 where id = 'T-6';
update t set price = 'NaN' where id = 'T-7';
update t set price = 'infinity' where id = 'T-8';
update t set sold_on = '2099-01-01' where id = 'T-9';
update t set sold_on = '1970-01-01' where id = 'T-10';
update t set sold_on = '1969-07-20' where id = 'T-11';
update t set sold_on = '1899-12-31' where id = 'T-12';
update t set sold_on = 'infinity' where id = 'T-13';
update t set sold_at = null where id in ('T-14', 'T-15');
update t set country = 'FRANCE' where id = 'T-16';
update t set country = 'france' where id in ('T-17', 'T-18');
update t set country = ' France' where id = 'T-19';
update t set country = 'n/a' where id = 'T-20';
update t set country = '  ' where id = 'T-21';
update t set note = 'a' || chr(7) || 'b' where id = 'T-22';
update t set note = 'caf' || chr(195) || chr(169) where id = 'T-23';
update t set note = 'note 25' where id = 'T-24';
update t set email = 'nobody at home' where id = 'T-25';
update t set started = '2025-02-30' where id = 'T-26';
update t set started = 'soon' where id in ('T-27', 'T-28');
update t set started = '2099-02-01' where id = 'T-29';
update t set code = 'A12' where id = 'T-30';
update t set id = 'T-31' where id = 'T-32';
update t set id = null where id = 'T-33';
insert into t select * from t where id = 'T-40';
