-- Replays are hidden subscriptions, and a subscription may start in the past.

-- The subscription that a replay is for, whose changes its own follows; null = it is for a function, or is no replay.
ALTER TABLE event_log.subscription ADD COLUMN target bigint;
CREATE INDEX subscription_target ON event_log.subscription (target) WHERE target IS NOT NULL;

-- Events from next_offset on are matched against this version of the subscriptions or a later one: whoever matched against an
-- older one may not append any more. Changed under the same lock as the next offset.
ALTER TABLE event_log.partition ADD COLUMN matched_from bigint NOT NULL DEFAULT 0;
