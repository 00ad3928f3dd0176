-- How long an organization takes an event with the source and id of an earlier one for the same; null = never.
ALTER TABLE event_manager.log_settings ADD COLUMN deduplicate text; -- an ISO 8601 duration

-- Events that were kept, for as long as they are not to be kept again.
CREATE TABLE event_manager.seen_event (
    "offset"     bigint      NOT NULL, -- where the event stands in the log
    until        timestamptz NOT NULL,
    event        uuid        NOT NULL, -- the first half of the SHA-256 of its source and id
    matched      integer     NOT NULL, -- how many subscriptions it matched
    partition    smallint    NOT NULL,
    organization text        NOT NULL,
    PRIMARY KEY (organization, event)
);

CREATE INDEX seen_event_until ON event_manager.seen_event (until);
