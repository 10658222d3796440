-- Counts of requests, shared by every replica. They may be lost with a crash: nobody is worse off than a minute later.

do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'devsphere_limiter') then
    create role devsphere_limiter nologin noinherit;
  end if;
end
$$;
comment on role devsphere_limiter is 'Counts requests: sees app.rate_limits and nothing else.';
grant devsphere_limiter to devsphere_app with inherit false, set true;
grant usage on schema app to devsphere_limiter;

-- The columns and their order are those of rate-limiter-flexible.
create unlogged table app.rate_limits (
  key text not null,
  points integer not null default 0,
  expire bigint,
  constraint rate_limits_pkey primary key (key),
  constraint rate_limits_key_length check (char_length(key) between 1 and 200)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
comment on table app.rate_limits is 'How often somebody (a person, a key, an address, a digest of an e-mail) has asked for something lately; rows that have expired are deleted by whoever counts.';
comment on column app.rate_limits.expire is 'Milliseconds since 1970.';
create index rate_limits_expire_idx on app.rate_limits (expire);

revoke all on app.rate_limits from public;
grant select, insert, update, delete on app.rate_limits to devsphere_limiter;
