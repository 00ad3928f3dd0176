-- The roles, schemas and grants of Dispatch: one role per service, and what a service may read of another's.
--
-- Run it in the database that Dispatch shall use (usually "dispatch"), as a superuser or as a role with CREATEROLE
-- that owns the database; run it again whenever you like. Roles get no password here: set one for each afterwards.
-- It runs as one transaction, so it is there whole or not at all.
begin;

-- Two runs at once would trip over each other's roles. The lock is the database's; roles are the server's, so
-- "duplicate" is still expected below.
select pg_advisory_xact_lock(hashtext('dispatch database.sql'));

do $$
declare
    service text;
begin
    foreach service in array array['event_manager', 'function_invoker', 'driver_manager', 'api_gateway'] loop
        if not exists (select from pg_roles where rolname = service) then
            begin
                execute format('create role %I login', service);
            exception when duplicate_object or unique_violation then
                null;
            end;
        end if;
        -- Whoever makes schemas for a role, and states what it grants, must be able to act as it.
        if not pg_has_role(current_user, service, 'set') then
            execute format('grant %I to current_user with inherit true, set true', service);
        end if;
        execute format('grant connect on database %I to %I', current_database(), service);
    end loop;
end
$$;

-- A schema belongs to the one service that migrates it.
create schema if not exists event_manager authorization event_manager;
create schema if not exists event_log authorization event_manager;
create schema if not exists function_invoker authorization function_invoker;
create schema if not exists delivery_progress authorization function_invoker;
create schema if not exists driver_manager authorization driver_manager;
create schema if not exists vault authorization driver_manager;
create schema if not exists driver_credentials authorization driver_manager;
create schema if not exists api_gateway authorization api_gateway;
create schema if not exists gateway_keys authorization api_gateway;

-- Published: every table and view that is there or ever will be, for reading only.
grant usage on schema event_log to function_invoker;
grant select on all tables in schema event_log to function_invoker;
alter default privileges for role event_manager in schema event_log grant select on tables to function_invoker;

grant usage on schema delivery_progress to event_manager;
grant select on all tables in schema delivery_progress to event_manager;
alter default privileges for role function_invoker in schema delivery_progress grant select on tables to event_manager;

grant usage on schema vault to function_invoker;
grant select on all tables in schema vault to function_invoker;
alter default privileges for role driver_manager in schema vault grant select on tables to function_invoker;

grant usage on schema driver_credentials to api_gateway;
grant select on all tables in schema driver_credentials to api_gateway;
alter default privileges for role driver_manager in schema driver_credentials grant select on tables to api_gateway;

grant usage on schema gateway_keys to event_manager, function_invoker, driver_manager;
grant select on all tables in schema gateway_keys to event_manager, function_invoker, driver_manager;
alter default privileges for role api_gateway in schema gateway_keys
    grant select on tables to event_manager, function_invoker, driver_manager;

commit;
