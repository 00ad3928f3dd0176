-- Events that functions answered with, until event-manager has taken them into its log: it deletes the row in the transaction
-- that appends. The key is that of the run; the event's id is the run's public id.
create table delivery_progress.reply (
    "offset"     bigint   not null,
    subscription bigint   not null,
    partition    smallint not null,
    attempt      smallint not null,
    organization text     not null,
    event        text     not null, -- the JSON format of CloudEvents 1.0
    refused      text,              -- why event-manager cannot take it; null = it is to be taken
    primary key (partition, "offset", subscription, attempt)
);

grant delete, update (refused) on delivery_progress.reply to event_manager;
