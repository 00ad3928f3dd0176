create table function_invoker.function (
    id           uuid        primary key,
    organization text        not null,
    name         text        not null,
    version      bigint      not null,
    spec         jsonb       not null,
    created_at   timestamptz not null,
    modified_at  timestamptz not null,
    unique (organization, name)
);

create table function_invoker.base_image (
    id           uuid        primary key,
    organization text        not null,
    name         text        not null,
    version      bigint      not null,
    spec         jsonb       not null,
    created_at   timestamptz not null,
    modified_at  timestamptz not null,
    unique (organization, name)
);

create table function_invoker.image (
    id           uuid        primary key,
    organization text        not null,
    name         text        not null,
    version      bigint      not null,
    spec         jsonb       not null,
    created_at   timestamptz not null,
    modified_at  timestamptz not null,
    unique (organization, name)
);
