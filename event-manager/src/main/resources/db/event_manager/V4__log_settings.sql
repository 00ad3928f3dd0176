-- How organizations want their event log kept; one without a row has the defaults.
CREATE TABLE event_manager.log_settings (
    organization text    PRIMARY KEY,
    version      bigint  NOT NULL, -- +1 with each change; the ETag
    keep_all     boolean NOT NULL  -- whether events that match nothing are written down too
);
