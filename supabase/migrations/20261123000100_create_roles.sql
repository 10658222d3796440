-- Roles, the schema of helpers, and the claims a transaction carries.
-- Runs as the owner (not a superuser; on Supabase: role "postgres").

do $$
declare
  wanted text;
begin
  foreach wanted in array array[
    'devsphere_member', 'devsphere_task', 'devsphere_api_key',
    'devsphere_queue', 'devsphere_system', 'devsphere_operator'
  ] loop
    if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
      execute format('create role %I nologin noinherit', wanted);
    end if;
  end loop;
  if not exists (select from pg_catalog.pg_roles where rolname = 'devsphere_app') then
    create role devsphere_app login noinherit;
  end if;
end
$$;

comment on role devsphere_app is 'The only login of our processes: can do nothing until it takes a role inside a transaction.';
comment on role devsphere_member is 'A person acting through our commands: reads as "authenticated", plus the writes commands make. The Data API can never take it, so it stays read-only.';
comment on role devsphere_task is 'A worker on one task: organisation and task come from transaction-local claims.';
comment on role devsphere_api_key is 'A program: organisation and scopes come from transaction-local claims.';
comment on role devsphere_queue is 'Owns the queue schema; sees no tenant table.';
comment on role devsphere_system is 'Cross-tenant upkeep, only what its policies name.';
comment on role devsphere_operator is 'Metadata of every organisation, never content.';

-- A person through our commands has what a person through the Data API has.
alter role devsphere_member inherit;
grant authenticated to devsphere_member;

grant anon, authenticated, devsphere_member, devsphere_task, devsphere_api_key,
      devsphere_queue, devsphere_system, devsphere_operator
  to devsphere_app with inherit false, set true;

-- The owner installs the queue's schema as its owner.
grant devsphere_queue to current_user with inherit false, set true;

create schema app;
comment on schema app is 'Helper functions; not exposed by the Data API.';
grant usage on schema app to anon, authenticated, devsphere_task, devsphere_api_key, devsphere_system, devsphere_operator;
grant usage on schema public to devsphere_task, devsphere_api_key, devsphere_system, devsphere_operator;

-- Older Supabase projects grant everything by default, newer ones nothing: start from nothing.
alter default privileges in schema public revoke all on tables from public, anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from public, anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from public, anon, authenticated, service_role;
alter default privileges revoke execute on functions from public;

-- PL/pgSQL, here and in every function that policies call: its plans are kept for the session, while a function in SQL
-- with a search_path of its own is planned anew by each statement (measured: six times the cost of the whole call).
create function app.claims() returns jsonb
  language plpgsql stable set search_path = ''
  as $$ begin return nullif(current_setting('request.jwt.claims', true), '')::jsonb; end $$;
comment on function app.claims() is 'The transaction''s claims; null when there are none (a reset setting reads as an empty string).';

create function app.claim_org_id() returns uuid
  language plpgsql stable set search_path = ''
  as $$ begin return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'org_id')::uuid; end $$;

create function app.claim_task_id() returns uuid
  language plpgsql stable set search_path = ''
  as $$ begin return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'task_id')::uuid; end $$;

create function app.uuid_v7() returns uuid
  language sql volatile set search_path = ''
  as $$
    select (
      lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0')
      || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14, 3)
      || substr(replace(gen_random_uuid()::text, '-', ''), 17, 16)
    )::uuid
  $$;
comment on function app.uuid_v7() is 'Time-ordered id (RFC 9562 version 7) for rows the database makes itself.';

revoke all on all functions in schema app from public;
grant execute on function app.claims(), app.claim_org_id(), app.claim_task_id()
  to anon, authenticated, devsphere_task, devsphere_api_key, devsphere_system, devsphere_operator;
