ALTER TABLE event_log.subscription ADD COLUMN filters text; -- a JSON array of filter expressions; null = none were given
