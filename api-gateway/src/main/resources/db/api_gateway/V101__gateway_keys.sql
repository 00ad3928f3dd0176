-- The keys that sign what the gateway vouches for. The private half is sealed by the vault; the public half is published
-- for the services, and a key is good for as long as its public half stands there.
create table gateway_keys.public_key (
    kid        text primary key,
    public_key bytea not null check (octet_length(public_key) = 32),
    not_after  timestamptz not null
);

create table api_gateway.signing_key (
    kid         text primary key references gateway_keys.public_key on delete cascade,
    private_key bytea not null,
    created_at  timestamptz not null
);
