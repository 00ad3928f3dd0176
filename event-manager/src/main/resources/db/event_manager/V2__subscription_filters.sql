ALTER TABLE event_manager.subscription ADD COLUMN filters text; -- a JSON array, as it was sent; null = none were sent
