-- Named values of an organization. Run by driver-manager, who writes them; read by function-invoker.
create table vault.secret (
    organization text        not null,
    name         text        not null,
    id           uuid        not null unique,   -- a re-created name is another secret
    version      bigint      not null,          -- one more with every change
    tags         jsonb       not null,
    ciphertext   bytea       not null,          -- the values as JSON, sealed for (organization, name)
    created_at   timestamptz not null,
    modified_at  timestamptz not null,
    primary key (organization, name)
);
