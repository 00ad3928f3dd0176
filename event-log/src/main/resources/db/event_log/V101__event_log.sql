-- The event log: written by event-manager, read by function-invoker. Published tables of docs/reference/between-the-services.md.

-- The row of a partition holds its next offset. Who appends locks it until the commit, which makes offsets gapless and
-- visible in order: a reader that has seen offset n has seen every smaller one.
CREATE TABLE event_log.partition (
    number      smallint PRIMARY KEY,
    next_offset bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);
INSERT INTO event_log.partition (number) VALUES (0), (1), (2), (3);

CREATE TABLE event_log.event (
    partition     smallint    NOT NULL,
    "offset"      bigint      NOT NULL,
    organization  text        NOT NULL,
    accepted_at   timestamptz NOT NULL,
    type          text        NOT NULL,
    source        text        NOT NULL,
    id            text        NOT NULL,
    attributes    bytea       NOT NULL, -- the other context attributes as compact JSON, in the order received
    data          bytea,                -- the payload's bytes as received; null = no data
    subscriptions bigint[]    NOT NULL, -- ids of the matched subscriptions
    PRIMARY KEY (partition, "offset")
);
-- PostgreSQL's own compression triples what an append costs.
ALTER TABLE event_log.event ALTER COLUMN attributes SET STORAGE EXTERNAL, ALTER COLUMN data SET STORAGE EXTERNAL;

-- One row, +1 in the transaction of each change of a subscription. Its lock puts the changes in one order.
CREATE TABLE event_log.subscriptions_version (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    version   bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO event_log.subscriptions_version (version) VALUES (0);

-- What an event can be owed to. Rows are never removed: a deleted subscription stays as state 'deleted'.
CREATE TABLE event_log.subscription (
    id           bigint   PRIMARY KEY,
    organization text     NOT NULL,
    name         text     NOT NULL,
    version      bigint   NOT NULL,              -- of this subscription, +1 with each change of it
    kind         text     NOT NULL DEFAULT 'user' CHECK (kind IN ('user', 'replay')),
    event_type   text     NOT NULL,              -- may hold '*'
    function     text     NOT NULL,
    secrets      text[]   NOT NULL DEFAULT '{}',
    delivery     jsonb,                          -- delivery settings; null = the defaults
    state        text     NOT NULL CHECK (state IN ('active', 'paused', 'deleted')),
    changed_at   bigint   NOT NULL               -- subscriptions_version of the last change
);
CREATE INDEX subscription_changed_at ON event_log.subscription (changed_at);
