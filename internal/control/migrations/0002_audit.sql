-- Who had personal data in clear. Rows are only added, and each holds the hash of the one
-- before: one that was changed or taken out breaks the chain.
create table audit (
    id integer primary key autoincrement,
    at integer not null,
    person text not null,
    action text not null,
    customer text not null,
    -- Names of columns, as a JSON list.
    columns text not null,
    request_id text not null,
    hash blob not null
) strict;

create trigger audit_is_not_changed before update on audit begin
    select raise(abort, 'the audit is not changed');
end;

create trigger audit_is_not_deleted before delete on audit begin
    select raise(abort, 'the audit is not deleted');
end;
