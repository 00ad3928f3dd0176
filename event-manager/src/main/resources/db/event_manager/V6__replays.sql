-- Replays: events of the log that are appended once more, owed to one target.
CREATE TABLE event_manager.replay (
    id             uuid        PRIMARY KEY,
    organization   text        NOT NULL,
    subscription   bigint      NOT NULL,    -- the hidden one that the copies are owed to, in event_log.subscription
    target         bigint,                  -- the subscription that they are for; null = a function
    target_name    text        NOT NULL,    -- of that subscription or function
    type           text,                    -- may hold '*'; null = all, as in the four below
    source         text,
    since          timestamptz,
    until          timestamptz,
    filters        text,                    -- a JSON array of filter expressions
    state          text        NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed')),
    reason         text,                    -- why it ended, where it is not done
    starts         bigint[]    NOT NULL,    -- the first offset of each partition, in order of their numbers
    cursor         bigint[]    NOT NULL,    -- the next offset to be looked at
    ends           bigint[]    NOT NULL,    -- the offset that is looked at no more
    replayed       bigint      NOT NULL DEFAULT 0,
    missed         bigint      NOT NULL DEFAULT 0, -- offsets that the log no longer held
    created_at     timestamptz NOT NULL,
    finished_at    timestamptz              -- null = running
);
CREATE INDEX replay_newest ON event_manager.replay (organization, created_at);
CREATE INDEX replay_running ON event_manager.replay (created_at) WHERE state = 'running';
CREATE INDEX replay_of_subscription ON event_manager.replay (target) WHERE state = 'running' AND target IS NOT NULL;

-- Events of the log from then on are delivered too; null = only those that come.
ALTER TABLE event_manager.subscription ADD COLUMN start_time timestamptz;
