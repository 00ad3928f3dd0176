-- One row for each partition of the event log: who delivers it, and how far it is delivered. Times are the database's.
create table function_invoker.partition (
    number        smallint    primary key,
    next_offset   bigint      not null default 0, -- every event below is delivered, dead, or a row of delivery
    lowest_needed bigint      not null default 0, -- no event below is needed any more
    owner         bigint,                         -- holds the advisory lock of this number as long as it lives
    epoch         bigint      not null default 0, -- one more with each new owner
    until         timestamptz
) with (fillfactor = 50);

create view delivery_progress.partition as
select number, lowest_needed from function_invoker.partition;

-- Deliveries that are neither done nor dead and that the partition's offset did not wait for.
create table function_invoker.delivery (
    "offset"         bigint      not null,
    subscription     bigint      not null,
    due_at           timestamptz not null,
    first_attempt_at timestamptz,          -- null = no attempt yet
    partition        smallint    not null,
    attempts         smallint    not null, -- made so far
    reason           text,                 -- why the last attempt failed
    primary key (partition, "offset", subscription)
);

create index delivery_due on function_invoker.delivery (partition, subscription, due_at, "offset");

-- Deliveries that nobody will retry by itself, each with a copy of its event so that it pins no part of the log.
create table function_invoker.dead_letter (
    "offset"        bigint      not null,
    subscription    bigint      not null,
    died_at         timestamptz not null,
    accepted_at     timestamptz not null,
    partition       smallint    not null,
    attempts        smallint    not null,
    answer_status   smallint,
    organization    text        not null,
    subscription_name text      not null,
    function        text        not null,
    reason          text        not null,
    answer          text,                 -- one JSON value, bounded
    type            text        not null,
    source          text        not null,
    id              text        not null,
    attributes      bytea,
    data            bytea,
    primary key (partition, "offset", subscription)
);

create index dead_letter_newest on function_invoker.dead_letter (organization, died_at);
