-- A number for each function's name that was ever called, so that runs are narrow, and outlive the function.
create table function_invoker.function_name (
    number       bigint generated always as identity primary key,
    organization text not null,
    name         text not null,
    unique (organization, name)
);

-- Runs that an event triggered, in slices by day, dropped as a whole when they are too old. The public id is computed from
-- the key. started_at is in the key only because PostgreSQL wants the slicing column there.
create table function_invoker.run (
    "offset"      bigint      not null,
    subscription  bigint      not null,
    function_name bigint      not null,
    started_at    timestamptz not null,
    finished_at   timestamptz not null,
    partition     smallint    not null,
    attempt       smallint    not null,
    output        text,       -- one JSON value
    error         text,       -- JSON {type, message, stacktrace}; null = succeeded
    logs          text,       -- JSON {stderr, stdout}
    primary key (partition, "offset", subscription, attempt, started_at)
) partition by range (started_at);

create index run_newest on function_invoker.run (function_name, started_at);

-- Runs that a client asked for, with no event behind them.
create table function_invoker.direct_run (
    id            uuid        primary key,
    function_name bigint      not null,
    owner         bigint      not null, -- the process that makes the call, see partition
    blocking      boolean     not null,
    started_at    timestamptz not null,
    finished_at   timestamptz,          -- null = not finished
    input         text,                 -- one JSON value
    secrets       text[],
    tags          text        not null, -- JSON [{key, value}]
    output        text,
    error         text,
    logs          text
);

create index direct_run_newest on function_invoker.direct_run (function_name, started_at);
create index direct_run_unfinished on function_invoker.direct_run (owner) where finished_at is null;
