-- A dead letter that is tried again stays, hidden, as the copy of its event until that ends: the log may have dropped it.
alter table function_invoker.dead_letter
    add column redriven_at timestamptz; -- null = nobody will retry it by itself

alter table function_invoker.delivery
    add column attempts_before smallint not null default 0,    -- those made before it was dead; the limit leaves them out
    add column redriven        boolean  not null default false; -- its event stands in dead_letter, and the log need not keep it

alter table function_invoker.partition
    add column redrives bigint not null default 0; -- one more whenever somebody else than the owner has added rows
