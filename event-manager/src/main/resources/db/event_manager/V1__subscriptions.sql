-- Subscriptions as their owner sees them; what others need of them is published in event_log.subscription.

CREATE SEQUENCE event_manager.subscription_id;

CREATE TABLE event_manager.subscription (
    id           bigint      PRIMARY KEY, -- never reused, never shown
    organization text        NOT NULL,
    name         text        NOT NULL,
    version      bigint      NOT NULL,    -- +1 with each change; the ETag
    event_type   text        NOT NULL,
    function     text        NOT NULL,
    secrets      text[],                  -- null = none were sent
    tags         text,                    -- a JSON array of {key, value}; null = none were sent
    deleted      boolean     NOT NULL,    -- rows stay, so that what is owed to them can end with that reason
    created_at   timestamptz NOT NULL,
    modified_at  timestamptz NOT NULL
);
-- A deleted name can be taken again: it is another subscription.
CREATE UNIQUE INDEX subscription_name ON event_manager.subscription (organization, name) WHERE NOT deleted;
