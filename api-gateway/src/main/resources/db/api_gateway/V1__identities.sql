-- Who there is, and what they may do. The organization is part of every key; a deleted one takes its accounts and policies
-- with it.
create table api_gateway.organization (
    id          uuid primary key,
    name        text not null unique,
    created_at  timestamptz not null,
    modified_at timestamptz not null,
    version     bigint not null
);

create table api_gateway.service_account (
    id           uuid primary key,
    organization text not null references api_gateway.organization (name) on delete cascade,
    name         text not null,
    public_key   text not null,
    domain       text,
    created_at   timestamptz not null,
    modified_at  timestamptz not null,
    version      bigint not null,
    unique (organization, name)
);

create table api_gateway.policy (
    id           uuid primary key,
    organization text not null references api_gateway.organization (name) on delete cascade,
    name         text not null,
    global       boolean not null,
    rules        jsonb not null,
    created_at   timestamptz not null,
    modified_at  timestamptz not null,
    version      bigint not null,
    unique (organization, name)
);

-- Every replica keeps all of it in memory and looks once a second whether it is still this version. A trigger counts, so
-- that no change can forget to.
create table api_gateway.directory_version (version bigint not null);
insert into api_gateway.directory_version values (1);

create function api_gateway.count_directory_version() returns trigger language plpgsql as $$
begin
    update api_gateway.directory_version set version = version + 1;
    return null;
end
$$;

create trigger counted after insert or update or delete or truncate on api_gateway.organization
    for each statement execute function api_gateway.count_directory_version();
create trigger counted after insert or update or delete or truncate on api_gateway.service_account
    for each statement execute function api_gateway.count_directory_version();
create trigger counted after insert or update or delete or truncate on api_gateway.policy
    for each statement execute function api_gateway.count_directory_version();
