-- The key under which a delivery keeps its order; null = it keeps none. Of the rows of a key the first is its turn, and the
-- others are parked: due at 'infinity', until the first is done.
alter table function_invoker.delivery add column ordering_key text;

create index delivery_key on function_invoker.delivery (partition, subscription, ordering_key, "offset")
    where ordering_key is not null;
