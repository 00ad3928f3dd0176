ALTER TABLE event_manager.subscription
    ADD COLUMN delivery text,    -- a JSON object with what was sent of the delivery settings; null = nothing was
    ADD COLUMN paused   boolean; -- null = was not sent: no
