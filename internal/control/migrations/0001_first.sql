-- Times are milliseconds since 1970-01-01 UTC. Secrets are kept as SHA-256 only.
create table meta (
    key text primary key,
    value text not null
) strict;

create table links (
    hash blob primary key,
    person text not null,
    created_at integer not null,
    expires_at integer not null,
    used_at integer
) strict;

create table sessions (
    hash blob primary key,
    person text not null,
    created_at integer not null,
    expires_at integer not null
) strict;

create table runs (
    id text primary key,
    command text not null,
    arguments text not null,
    started_by text not null,
    status text not null check (status in ('running', 'success', 'failed', 'cancelled', 'interrupted')),
    started_at integer not null,
    ended_at integer,
    total integer not null default 0,
    done integer not null default 0,
    message text not null default '',
    -- The data version that the run published; '' when it published none.
    data_version text not null default ''
) strict;
create index runs_by_start on runs (started_at desc, id desc);

create table run_nodes (
    run_id text not null references runs (id) on delete cascade,
    node_id text not null,
    name text not null,
    type text not null,
    status text not null,
    message text not null default '',
    failures integer not null default 0,
    started_at integer,
    ended_at integer,
    seconds real not null default 0,
    primary key (run_id, node_id)
) strict;
create index run_nodes_by_node on run_nodes (node_id, ended_at desc);

-- Models whose last run failed or was skipped: as long as there are any, the
-- tables do not fit together and nothing is published.
create table unfinished (
    node_id text primary key,
    run_id text not null
) strict;
