-- Events in slices of time, of which the oldest are dropped as a whole. What was there before becomes slice 0, as it is.

-- What a slice holds: of each partition the offsets from starts to before ends, in order of the partitions' numbers.
CREATE TABLE event_log.slice (
    number     integer     PRIMARY KEY,
    created_at timestamptz NOT NULL,
    starts     bigint[],    -- null = not yet in use
    began_at   timestamptz,
    ends       bigint[],    -- null = not yet ended
    ended_at   timestamptz
);
INSERT INTO event_log.slice (number, created_at, starts, began_at)
SELECT 0, now(), array_agg(0::bigint), now() FROM event_log.partition;

-- Where the next event goes; changed under the same lock as the next offset.
ALTER TABLE event_log.partition ADD COLUMN slice integer NOT NULL DEFAULT 0;

ALTER TABLE event_log.event RENAME TO event_0;
ALTER INDEX event_log.event_pkey RENAME TO event_0_pkey;
ALTER TABLE event_log.event_0 ADD COLUMN slice integer NOT NULL DEFAULT 0;

-- Each slice has a primary key (partition, "offset") of its own: one of the whole would have to hold the slice too.
CREATE TABLE event_log.event (
    partition     smallint    NOT NULL,
    "offset"      bigint      NOT NULL,
    organization  text        NOT NULL,
    accepted_at   timestamptz NOT NULL,
    type          text        NOT NULL,
    source        text        NOT NULL,
    id            text        NOT NULL,
    attributes    bytea       STORAGE EXTERNAL NOT NULL,
    data          bytea       STORAGE EXTERNAL,
    subscriptions bigint[]    NOT NULL,
    slice         integer     NOT NULL
) PARTITION BY LIST (slice);
ALTER TABLE event_log.event ATTACH PARTITION event_log.event_0 FOR VALUES IN (0);
ALTER TABLE event_log.event_0 ALTER COLUMN slice DROP DEFAULT;
