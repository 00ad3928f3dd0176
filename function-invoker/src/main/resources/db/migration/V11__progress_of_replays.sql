-- What event-manager looks at so that replays leave room for live events, and for what their own functions take.
create view delivery_progress.settled as
select number, next_offset from function_invoker.partition; -- every event below is delivered, dead, or a row of due

create view delivery_progress.due as
select partition, subscription, due_at from function_invoker.delivery;
