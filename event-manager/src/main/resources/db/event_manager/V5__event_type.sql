-- Types of events as learned from traffic: a convenience, written seldom, lost for some seconds by a crash.
CREATE TABLE event_manager.event_type (
    organization text             NOT NULL,
    type         text             NOT NULL,
    first_seen   timestamptz      NOT NULL,
    last_seen    timestamptz      NOT NULL,
    count        bigint           NOT NULL, -- of all
    minute_began timestamptz      NOT NULL,
    in_minute    bigint           NOT NULL, -- of those since then
    rate         double precision NOT NULL, -- of the minute before, events a second
    sources      text[]           NOT NULL,
    sample       text,                      -- a CloudEvent as JSON; null = all were too long
    PRIMARY KEY (organization, type)
);
