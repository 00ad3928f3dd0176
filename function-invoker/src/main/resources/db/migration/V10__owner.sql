-- Who lives, so that the partitions can be shared: each holds the advisory lock of its number and says so anew within its lease.
create table function_invoker.owner (
    number bigint      primary key,
    until  timestamptz not null
);
