-- Where an organisation wants to hear of events, and every message sent there.

create table public.webhook_endpoints (
  org_id uuid not null,
  id uuid not null,
  url text not null,
  description text not null default '',
  events text[] not null,
  state text not null default 'enabled',
  disabled_reason text,
  failures integer not null default 0,
  failing_since timestamptz,
  last_success_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint webhook_endpoints_pkey primary key (org_id, id),
  constraint webhook_endpoints_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade,
  constraint webhook_endpoints_url_shape check (url ~ '^https?://' and char_length(url) <= 1000),
  constraint webhook_endpoints_description_length check (char_length(description) <= 120),
  constraint webhook_endpoints_events_bounded check (cardinality(events) between 1 and 30),
  constraint webhook_endpoints_state_known check (state in ('enabled', 'disabled')),
  constraint webhook_endpoints_reason_length check (char_length(disabled_reason) <= 300),
  constraint webhook_endpoints_failures_positive check (failures >= 0 and (failures = 0) = (failing_since is null))
);
comment on table public.webhook_endpoints is 'Where an organisation is told of events.';
comment on column public.webhook_endpoints.disabled_reason is 'Why the system disabled it; null when a person did.';
comment on column public.webhook_endpoints.failures is 'Failed attempts in a row, of any message.';

create table public.webhook_secrets (
  org_id uuid not null,
  endpoint_id uuid not null,
  id uuid not null,
  key_id text not null,
  wrapped_key bytea not null,
  ciphertext bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  constraint webhook_secrets_pkey primary key (org_id, endpoint_id, id),
  constraint webhook_secrets_endpoint_fkey foreign key (org_id, endpoint_id) references public.webhook_endpoints (org_id, id) on delete cascade,
  constraint webhook_secrets_key_id_shape check (key_id ~ '^[0-9a-f]{16}$'),
  constraint webhook_secrets_size check (octet_length(wrapped_key) <= 1024 and octet_length(ciphertext) <= 8192)
);
comment on table public.webhook_secrets is 'Sealed signing secrets. After a rotation the old one signs along until it expires.';
create index webhook_secrets_key_idx on public.webhook_secrets (key_id);

create table public.webhook_deliveries (
  org_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  event text not null,
  subject_type text not null,
  subject_id uuid not null,
  payload jsonb not null,
  state text not null default 'pending',
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint webhook_deliveries_pkey primary key (org_id, id),
  constraint webhook_deliveries_endpoint_fkey foreign key (org_id, endpoint_id) references public.webhook_endpoints (org_id, id) on delete cascade,
  constraint webhook_deliveries_event_shape check (event ~ '^[a-z_]+\.[a-z_]+$'),
  constraint webhook_deliveries_payload_size check (pg_column_size(payload) <= 65536),
  constraint webhook_deliveries_state_known check (state in ('pending', 'delivered', 'failed')),
  constraint webhook_deliveries_ended_when_over check ((state = 'pending') = (ended_at is null)),
  constraint webhook_deliveries_attempts_positive check (attempts >= 0)
);
comment on table public.webhook_deliveries is 'A message to an endpoint, born in the transaction of what it tells of. Its id is the message''s, the same at every attempt. Kept for 30 days after it ended.';
create index webhook_deliveries_endpoint_idx on public.webhook_deliveries (org_id, endpoint_id, id desc);
create index webhook_deliveries_ended_idx on public.webhook_deliveries (ended_at) where ended_at is not null;

create table public.webhook_attempts (
  org_id uuid not null,
  delivery_id uuid not null,
  attempt integer not null,
  at timestamptz not null default now(),
  took_ms integer not null,
  request_headers jsonb not null,
  status integer,
  response_headers jsonb,
  response_body text,
  error text,
  constraint webhook_attempts_pkey primary key (org_id, delivery_id, attempt),
  constraint webhook_attempts_delivery_fkey foreign key (org_id, delivery_id) references public.webhook_deliveries (org_id, id) on delete cascade,
  constraint webhook_attempts_took_positive check (took_ms >= 0),
  constraint webhook_attempts_headers_size check (pg_column_size(request_headers) <= 8192 and pg_column_size(response_headers) <= 16384),
  constraint webhook_attempts_body_size check (char_length(response_body) <= 4096),
  constraint webhook_attempts_error_length check (char_length(error) <= 500)
);
comment on table public.webhook_attempts is 'What was sent and what came back, bounded; signatures and cookies are left out.';

revoke all on public.webhook_endpoints, public.webhook_secrets, public.webhook_deliveries, public.webhook_attempts
  from public, anon, authenticated, service_role;
grant select on public.webhook_endpoints, public.webhook_deliveries, public.webhook_attempts to authenticated;
grant select (org_id, endpoint_id, id, created_at, expires_at) on public.webhook_secrets to authenticated;
grant insert, delete on public.webhook_endpoints to devsphere_member;
grant update (url, description, events, state, disabled_reason, failures, failing_since, updated_at) on public.webhook_endpoints to devsphere_member;
grant insert, update (expires_at), delete on public.webhook_secrets to devsphere_member;
grant insert, update (state, next_attempt_at, ended_at) on public.webhook_deliveries to devsphere_member;
grant select on public.webhook_endpoints, public.webhook_secrets, public.webhook_deliveries, public.webhook_attempts to devsphere_outgoing;
grant update (state, disabled_reason, failures, failing_since, last_success_at, updated_at) on public.webhook_endpoints to devsphere_outgoing;
grant update (state, attempts, next_attempt_at, ended_at) on public.webhook_deliveries to devsphere_outgoing;
grant insert on public.webhook_attempts to devsphere_outgoing;
grant select (org_id, endpoint_id, id, key_id, wrapped_key, expires_at), update (key_id, wrapped_key), delete on public.webhook_secrets to devsphere_system;
grant select (org_id, id, ended_at), delete on public.webhook_deliveries to devsphere_system;

alter table public.webhook_endpoints enable row level security;
alter table public.webhook_endpoints force row level security;
create policy "admins read endpoints" on public.webhook_endpoints for select to authenticated
  using (org_id in (select app.permitted_org_ids('webhooks.manage')));
create policy "admins create endpoints as themselves" on public.webhook_endpoints for insert to devsphere_member
  with check (org_id in (select app.permitted_org_ids('webhooks.manage')) and created_by = (select auth.uid()));
create policy "admins change endpoints" on public.webhook_endpoints for update to devsphere_member
  using (org_id in (select app.permitted_org_ids('webhooks.manage')))
  with check (org_id in (select app.permitted_org_ids('webhooks.manage')));
create policy "admins delete endpoints" on public.webhook_endpoints for delete to devsphere_member
  using (org_id in (select app.permitted_org_ids('webhooks.manage')));
create policy "a worker reads endpoints of its organization" on public.webhook_endpoints for select to devsphere_outgoing
  using (org_id = (select app.claim_org_id()));
create policy "a worker records how endpoints fare" on public.webhook_endpoints for update to devsphere_outgoing
  using (org_id = (select app.claim_org_id())) with check (org_id = (select app.claim_org_id()));

alter table public.webhook_secrets enable row level security;
alter table public.webhook_secrets force row level security;
create policy "admins read which secrets there are" on public.webhook_secrets for select to authenticated
  using (org_id in (select app.permitted_org_ids('webhooks.manage')));
create policy "admins store sealed secrets" on public.webhook_secrets for insert to devsphere_member
  with check (org_id in (select app.permitted_org_ids('webhooks.manage')));
create policy "admins let secrets expire" on public.webhook_secrets for update to devsphere_member
  using (org_id in (select app.permitted_org_ids('webhooks.manage')))
  with check (org_id in (select app.permitted_org_ids('webhooks.manage')));
create policy "admins delete secrets" on public.webhook_secrets for delete to devsphere_member
  using (org_id in (select app.permitted_org_ids('webhooks.manage')));
create policy "a worker reads secrets of its organization" on public.webhook_secrets for select to devsphere_outgoing
  using (org_id = (select app.claim_org_id()));
create policy "rotation reads wrapped keys" on public.webhook_secrets for select to devsphere_system using (true);
create policy "rotation wraps keys again" on public.webhook_secrets for update to devsphere_system using (true) with check (true);
create policy "retention deletes expired secrets" on public.webhook_secrets for delete to devsphere_system
  using (expires_at < now());

alter table public.webhook_deliveries enable row level security;
alter table public.webhook_deliveries force row level security;
create policy "admins read deliveries" on public.webhook_deliveries for select to authenticated
  using (org_id in (select app.permitted_org_ids('webhooks.manage')));
create policy "admins send test messages" on public.webhook_deliveries for insert to devsphere_member
  with check (org_id in (select app.permitted_org_ids('webhooks.manage')) and event = 'webhook.test');
create policy "admins redeliver" on public.webhook_deliveries for update to devsphere_member
  using (org_id in (select app.permitted_org_ids('webhooks.manage')))
  with check (org_id in (select app.permitted_org_ids('webhooks.manage')) and state = 'pending');
create policy "nobody deletes deliveries" on public.webhook_deliveries for delete to authenticated using (false);
create policy "a worker reads deliveries of its organization" on public.webhook_deliveries for select to devsphere_outgoing
  using (org_id = (select app.claim_org_id()));
create policy "a worker settles deliveries" on public.webhook_deliveries for update to devsphere_outgoing
  using (org_id = (select app.claim_org_id())) with check (org_id = (select app.claim_org_id()));
-- The floor is the database's own: a wrong setting can't delete what is fresher.
create policy "retention reads ended deliveries" on public.webhook_deliveries for select to devsphere_system
  using (ended_at < now() - interval '7 days');
create policy "retention deletes ended deliveries" on public.webhook_deliveries for delete to devsphere_system
  using (ended_at < now() - interval '7 days');

alter table public.webhook_attempts enable row level security;
alter table public.webhook_attempts force row level security;
create policy "admins read attempts" on public.webhook_attempts for select to authenticated
  using (org_id in (select app.permitted_org_ids('webhooks.manage')));
create policy "a worker reads attempts of its organization" on public.webhook_attempts for select to devsphere_outgoing
  using (org_id = (select app.claim_org_id()));
create policy "a worker records attempts" on public.webhook_attempts for insert to devsphere_outgoing
  with check (org_id = (select app.claim_org_id()));
create policy "nobody updates attempts" on public.webhook_attempts for update to authenticated using (false) with check (false);
create policy "nobody deletes attempts" on public.webhook_attempts for delete to authenticated using (false);

-- What a notification's text is made of.
grant select (org_id, id, kind, title, state, error_code, ended_at) on public.tasks to devsphere_outgoing;
grant select (org_id, id, name, paused_reason) on public.schedules to devsphere_outgoing;
grant select (org_id, slug, name) on public.organizations to devsphere_outgoing;
create policy "a worker names tasks of its organization" on public.tasks for select to devsphere_outgoing
  using (org_id = (select app.claim_org_id()));
create policy "a worker names schedules of its organization" on public.schedules for select to devsphere_outgoing
  using (org_id = (select app.claim_org_id()));
create policy "a worker names its organization" on public.organizations for select to devsphere_outgoing
  using (org_id = (select app.claim_org_id()));
