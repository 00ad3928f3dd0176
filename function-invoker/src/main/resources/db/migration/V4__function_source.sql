-- What functions written for the original were made from, apart from the functions, which are read far more often.
create table function_invoker.function_source (
    organization text  not null,
    function     uuid  not null references function_invoker.function on delete cascade,
    sha256       text  not null, -- of archive, hexadecimal
    archive      bytea not null, -- a gzip tar
    primary key (organization, function)
);

create index function_source_function on function_invoker.function_source (function);

-- Compressed already: not to be tried again with every write.
alter table function_invoker.function_source alter column archive set storage external;
