-- Programs come in with a key of their organisation, and do what the key's scopes name.

create table public.api_keys (
  org_id uuid not null,
  id uuid not null,
  name text not null,
  prefix text not null,
  secret_hash text not null,
  scopes text[] not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_by uuid,
  replaced_by uuid,
  overlap_ends_at timestamptz,
  idempotency_key text,
  constraint api_keys_pkey primary key (org_id, id),
  constraint api_keys_secret_hash_key unique (secret_hash),
  constraint api_keys_idempotency_key unique (org_id, idempotency_key),
  constraint api_keys_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade,
  constraint api_keys_replaced_by_fkey foreign key (org_id, replaced_by) references public.api_keys (org_id, id),
  constraint api_keys_name_length check (char_length(name) between 1 and 120),
  constraint api_keys_prefix_shape check (prefix ~ '^ds_live_[0-9A-Za-z]{8}$'),
  constraint api_keys_secret_hash_shape check (secret_hash ~ '^[0-9a-f]{64}$'),
  constraint api_keys_scopes_known check (cardinality(scopes) between 1 and 20
    and scopes <@ array['tasks.read', 'tasks.submit', 'schedules.read', 'usage.read']),
  constraint api_keys_submit_reads check (not scopes @> array['tasks.submit'] or scopes @> array['tasks.read']),
  constraint api_keys_overlap_when_replaced check ((replaced_by is null) = (overlap_ends_at is null)),
  constraint api_keys_revoked_by_somebody check ((revoked_at is null) = (revoked_by is null)),
  constraint api_keys_idempotency_key_length check (char_length(idempotency_key) between 1 and 200)
);
comment on table public.api_keys is 'What programs come in with. A key belongs to its organisation and outlives whoever made it; a replaced one works until its overlap ends.';
comment on column public.api_keys.prefix is 'The beginning of the key, by which people recognise it.';
comment on column public.api_keys.secret_hash is 'SHA-256 of the whole key; unique everywhere, since a key names no organisation. Never granted to anyone.';
comment on column public.api_keys.scopes is 'A subset of app.permissions; asked for by app.permitted_org_ids, never taken from claims.';
comment on column public.api_keys.last_used_at is 'Accurate to a minute: a busy key must not be a busy row.';

create index api_keys_replaced_by_idx on public.api_keys (org_id, replaced_by) where replaced_by is not null;

alter table public.tasks add column created_by_key uuid;
alter table public.tasks add constraint tasks_created_by_key_fkey
  foreign key (org_id, created_by_key) references public.api_keys (org_id, id) on delete set null (created_by_key);
alter table public.tasks add constraint tasks_created_by_one check (created_by is null or created_by_key is null);
comment on column public.tasks.created_by_key is 'The API key that submitted it; null when a person did.';
create index tasks_created_by_key_idx on public.tasks (org_id, created_by_key, id desc) where created_by_key is not null;

create function app.claim_key_id() returns uuid
  language plpgsql stable set search_path = ''
  as $$ begin return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'key_id')::uuid; end $$;
comment on function app.claim_key_id() is 'The API key of this transaction.';

create function app.api_key_state(revoked_at timestamptz, expires_at timestamptz, overlap_ends_at timestamptz) returns text
  language plpgsql stable set search_path = ''
  as $$
  begin
    return case
      when revoked_at is not null then 'revoked'
      when expires_at <= now() then 'expired'
      when overlap_ends_at <= now() then 'replaced'
      else 'live'
    end;
  end
  $$;
comment on function app.api_key_state(timestamptz, timestamptz, timestamptz) is 'Only a live key may do anything.';

create function app.authenticate_api_key(wanted_hash text)
  returns table (org_id uuid, key_id uuid, scopes text[], state text, valid_until timestamptz)
  language plpgsql volatile security definer set search_path = ''
  as $$
  #variable_conflict use_column
  begin
    update public.api_keys k set last_used_at = now()
      where (k.org_id, k.id) in (
        -- Skipping the locked one: of many requests at the same moment one writes, and none waits for it.
        select u.org_id, u.id from public.api_keys u
        where u.secret_hash = wanted_hash
          and app.api_key_state(u.revoked_at, u.expires_at, u.overlap_ends_at) = 'live'
          and (u.last_used_at is null or u.last_used_at < now() - interval '1 minute')
        for no key update skip locked
      );
    return query select k.org_id, k.id, k.scopes, app.api_key_state(k.revoked_at, k.expires_at, k.overlap_ends_at),
        least(k.expires_at, k.overlap_ends_at)
      from public.api_keys k where k.secret_hash = wanted_hash;
  end
  $$;
comment on function app.authenticate_api_key(text) is 'Which key has this hash, before any organisation is known; notes its use at most once a minute. Only who has the whole key can know its hash.';

create or replace function app.permitted_org_ids(wanted text) returns setof uuid
  language plpgsql stable security definer set search_path = ''
  as $$
  begin
    -- The role says which claims count: a person's token can't carry a key, and a key has no person.
    if current_setting('role') = 'devsphere_api_key' then
      return query select k.org_id from public.api_keys k
        where k.org_id = (select app.claim_org_id()) and k.id = (select app.claim_key_id())
          and app.api_key_state(k.revoked_at, k.expires_at, k.overlap_ends_at) = 'live'
          and (wanted = 'organization.read' or wanted = any (k.scopes));
    else
      return query select m.org_id from public.memberships m
        where m.user_id = (select auth.uid())
          and m.role >= (select p.min_role from app.permissions p where p.permission = wanted);
    end if;
  end
  $$;
comment on function app.permitted_org_ids(text) is 'Organisations in which the subject of this transaction, a person or an API key, has this permission; none for an unknown permission. Every live key reads its own organisation. Runs once per statement.';

revoke all on function app.claim_key_id(), app.api_key_state(timestamptz, timestamptz, timestamptz), app.authenticate_api_key(text) from public;
grant execute on function app.claim_key_id(), app.authenticate_api_key(text), app.permitted_org_ids(text),
  app.task_transition_legal(text, text) to devsphere_api_key;
grant execute on function app.api_key_state(timestamptz, timestamptz, timestamptz) to authenticated, devsphere_api_key;

revoke all on public.api_keys from public, anon, authenticated, service_role;
grant select (org_id, id, name, prefix, scopes, expires_at, last_used_at, created_by, created_at, revoked_at, revoked_by,
  replaced_by, overlap_ends_at, idempotency_key) on public.api_keys to authenticated;
grant insert (org_id, id, name, prefix, secret_hash, scopes, expires_at, created_by, idempotency_key) on public.api_keys to devsphere_member;
grant update (revoked_at, revoked_by, replaced_by, overlap_ends_at) on public.api_keys to devsphere_member;
grant select (org_id, id, name, prefix, scopes, expires_at, overlap_ends_at, revoked_at) on public.api_keys to devsphere_api_key;

grant select (org_id, slug, name, plan, created_at) on public.organizations to devsphere_api_key;
grant select on public.tasks, public.task_attempts, public.task_events, public.task_steps, public.artifacts,
  public.schedules, public.schedule_runs, public.llm_calls, public.usage_entries, public.usage_days to devsphere_api_key;
grant insert (created_by_key) on public.tasks to devsphere_member;
grant insert (org_id, id, kind, title, state, input, max_attempts, job_queue, job_id, event_seq, priority, idempotency_key,
  request_hash, source_task_id, created_by, created_by_key, run_at) on public.tasks to devsphere_api_key;
grant update (state, event_seq, job_id, claimed_delivery, max_attempts, cancel_requested_at, ended_at, error, run_at, progress)
  on public.tasks to devsphere_api_key;
grant insert on public.task_events, public.audit_entries to devsphere_api_key;

alter table public.api_keys enable row level security;
alter table public.api_keys force row level security;
create policy "who manages keys reads them" on public.api_keys for select to authenticated
  using (org_id in (select app.permitted_org_ids('api_keys.manage')));
create policy "a key reads itself" on public.api_keys for select to devsphere_api_key
  using (org_id = (select app.claim_org_id()) and id = (select app.claim_key_id()));
create policy "who manages keys makes them, with scopes they have themselves" on public.api_keys for insert to devsphere_member
  with check (org_id in (select app.permitted_org_ids('api_keys.manage')) and created_by = (select auth.uid())
    and not exists (select from unnest(scopes) as scope
      where not exists (select from app.permitted_org_ids(scope) as permitted where permitted = org_id)));
create policy "who manages keys replaces and revokes them as themselves" on public.api_keys for update to devsphere_member
  using (org_id in (select app.permitted_org_ids('api_keys.manage')) and revoked_at is null)
  with check (org_id in (select app.permitted_org_ids('api_keys.manage'))
    and (revoked_by is null or revoked_by = (select auth.uid())));
create policy "nobody deletes keys" on public.api_keys for delete to authenticated using (false);

alter policy "members read their organizations" on public.organizations to authenticated, devsphere_api_key;
alter policy "members read tasks" on public.tasks to authenticated, devsphere_api_key;
alter policy "members steer tasks" on public.tasks to devsphere_member, devsphere_api_key;
alter policy "members read attempts" on public.task_attempts to authenticated, devsphere_api_key;
alter policy "members read events" on public.task_events to authenticated, devsphere_api_key;
alter policy "members append events of their commands" on public.task_events to devsphere_member, devsphere_api_key;
alter policy "members read steps" on public.task_steps to authenticated, devsphere_api_key;
alter policy "members read artifacts" on public.artifacts to authenticated, devsphere_api_key;
alter policy "members read schedules" on public.schedules to authenticated, devsphere_api_key;
alter policy "members read runs" on public.schedule_runs to authenticated, devsphere_api_key;
alter policy "members read calls" on public.llm_calls to authenticated, devsphere_api_key;
alter policy "members read usage" on public.usage_entries to authenticated, devsphere_api_key;
alter policy "members read usage by day" on public.usage_days to authenticated, devsphere_api_key;

alter policy "members submit tasks as themselves" on public.tasks
  with check (org_id in (select app.permitted_org_ids('tasks.submit')) and created_by = (select auth.uid())
    and created_by_key is null and state = 'queued');
create policy "keys submit tasks as themselves" on public.tasks for insert to devsphere_api_key
  with check (org_id in (select app.permitted_org_ids('tasks.submit')) and created_by is null
    and created_by_key = (select app.claim_key_id()) and state = 'queued');
create policy "keys record their own actions" on public.audit_entries for insert to devsphere_api_key
  with check (org_id in (select app.permitted_org_ids('organization.read')) and actor_type = 'api_key'
    and actor_id = (select app.claim_key_id()));
