create table driver_manager.driver_type (
    id           uuid        primary key,
    organization text        not null,
    name         text        not null,
    version      bigint      not null,
    spec         jsonb       not null,   -- what the client wants, as on the wire
    created_at   timestamptz not null,
    modified_at  timestamptz not null,
    unique (organization, name)
);

create table driver_manager.driver (
    id           uuid        primary key,
    organization text        not null,
    name         text        not null,
    version      bigint      not null,
    spec         jsonb       not null,   -- what the client wants, as on the wire
    image        text        not null,   -- of its type, when it was made or replaced
    deleting     boolean     not null,   -- the row goes when the process is gone
    created_at   timestamptz not null,
    modified_at  timestamptz not null,
    unique (organization, name)
);

create table driver_manager.checkpoint (
    driver_id    uuid        not null references driver_manager.driver (id) on delete cascade,
    key          text        not null,
    version      bigint      not null,
    content_type text        not null,
    content      bytea       not null,   -- at most 64 KiB
    modified_at  timestamptz not null,
    primary key (driver_id, key)
);
