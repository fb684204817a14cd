-- What is stored in other ways than as text, number or date, and names that need quoting.
create type mood as enum ('glad', 'sad');
create table t (
    "select" integer, "two words" varchar, "a ""quoted"" name" varchar, "[columns]" varchar, "semi;colon" bigint, "Ünïcode" date,
    feeling mood, tags varchar[], part struct(a integer, b varchar), "bytes" blob, contacts varchar[], hour time, span interval, truth boolean, huge hugeint, zoned timestamptz, key uuid, facts json
);
insert into t values
    (1, 'a', 'b', 'c', 9007199254740993, '2024-02-29', 'glad', ['x', 'y'], {'a': 1, 'b': 'z'}, '\x01', ['see ann@example.org'], '10:00:00', interval 1 day, true, 170141183460469231731687303715884105727, '2024-01-01 00:00:00+00', '00000000-0000-4000-8000-000000000001', '{"a": 1}'),
    (2, 'a', 'b', 'd', 9007199254740992, '2024-03-01', 'sad', ['x', 'y'], {'a': 1, 'b': 'z'}, '\x02', ['nobody'], '11:00:00', interval 2 day, false, 1, '2024-01-02 00:00:00+00', '00000000-0000-4000-8000-000000000002', '{"a": 2}'),
    (3, null, '', 'e', 1, null, null, null, null, null, null, null, null, null, null, null, null, null);
