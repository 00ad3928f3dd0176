-- What the gateway knows a driver by. Read by api-gateway.
create table driver_credentials.driver (
    driver_id       uuid   primary key references driver_manager.driver (id) on delete cascade,
    organization    text   not null,
    name            text   not null,
    credential_hash bytea  not null unique,   -- SHA-256 of the token
    previous_hash   bytea,                    -- of the token before it, which stays valid
    generation      bigint not null           -- one more with every new token
);

create index driver_previous_hash on driver_credentials.driver (previous_hash);
