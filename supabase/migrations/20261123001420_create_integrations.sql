-- What an organisation connects: its own Anthropic key, and a place for notifications. Secrets are sealed: whoever writes
-- them can't read them back, and the columns that hold them can be read by workers alone.

create table public.integrations (
  org_id uuid not null,
  id uuid not null,
  kind text not null,
  state text not null default 'checking',
  state_reason text,
  hint text not null,
  events text[] not null default '{}',
  key_id text not null,
  wrapped_key bytea not null,
  ciphertext bytea not null,
  connected_by uuid not null,
  checked_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint integrations_pkey primary key (org_id, id),
  constraint integrations_kind_key unique (org_id, kind),
  constraint integrations_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade,
  constraint integrations_kind_known check (kind in ('anthropic', 'slack')),
  constraint integrations_state_known check (state in ('checking', 'working', 'broken')),
  constraint integrations_reason_length check (char_length(state_reason) <= 300),
  constraint integrations_hint_length check (char_length(hint) between 1 and 120),
  constraint integrations_events_bounded check (cardinality(events) <= 30),
  constraint integrations_key_id_shape check (key_id ~ '^[0-9a-f]{16}$'),
  constraint integrations_secret_size check (octet_length(wrapped_key) <= 1024 and octet_length(ciphertext) <= 8192)
);
comment on table public.integrations is 'What an organisation connected, at most one of a kind.';
comment on column public.integrations.hint is 'What people recognise the secret by, such as its last four characters.';
comment on column public.integrations.key_id is 'Which of the platform''s key pairs wraps the data key.';
comment on column public.integrations.wrapped_key is 'The data key of this secret alone, which only a worker can unwrap.';
comment on column public.integrations.ciphertext is 'The secret under its data key, bound to organisation, row and kind.';

-- Rotation asks for what an older key wraps, across organisations.
create index integrations_key_idx on public.integrations (key_id);

revoke all on public.integrations from public, anon, authenticated, service_role;
grant select (org_id, id, kind, state, state_reason, hint, events, connected_by, checked_at, created_at, updated_at)
  on public.integrations to authenticated;
grant insert on public.integrations to devsphere_member;
grant update (state, state_reason, hint, events, key_id, wrapped_key, ciphertext, connected_by, checked_at, updated_at)
  on public.integrations to devsphere_member;
grant delete on public.integrations to devsphere_member;
grant select on public.integrations to devsphere_outgoing;
grant update (state, state_reason, checked_at) on public.integrations to devsphere_outgoing;
-- Rotation sees wrapped keys and never a ciphertext, so that it can re-wrap and not read.
grant select (org_id, id, key_id, wrapped_key), update (key_id, wrapped_key) on public.integrations to devsphere_system;

alter table public.integrations enable row level security;
alter table public.integrations force row level security;
create policy "admins read integrations" on public.integrations for select to authenticated
  using (org_id in (select app.permitted_org_ids('integrations.manage')));
create policy "admins connect integrations as themselves" on public.integrations for insert to devsphere_member
  with check (org_id in (select app.permitted_org_ids('integrations.manage')) and connected_by = (select auth.uid()));
create policy "admins change integrations" on public.integrations for update to devsphere_member
  using (org_id in (select app.permitted_org_ids('integrations.manage')))
  with check (org_id in (select app.permitted_org_ids('integrations.manage')));
create policy "admins disconnect integrations" on public.integrations for delete to devsphere_member
  using (org_id in (select app.permitted_org_ids('integrations.manage')));
create policy "a worker reads integrations of its organization" on public.integrations for select to devsphere_outgoing
  using (org_id = (select app.claim_org_id()));
create policy "a worker records how integrations fare" on public.integrations for update to devsphere_outgoing
  using (org_id = (select app.claim_org_id())) with check (org_id = (select app.claim_org_id()));
create policy "rotation reads wrapped keys" on public.integrations for select to devsphere_system using (true);
create policy "rotation wraps keys again" on public.integrations for update to devsphere_system using (true) with check (true);

-- Which key paid for a call: the platform's, or the organisation's own.
alter table public.llm_calls add column paid_by text not null default 'platform',
  add constraint llm_calls_paid_by_known check (paid_by in ('platform', 'organization'));
alter table public.usage_entries add column paid_by text not null default 'platform',
  add constraint usage_entries_paid_by_known check (paid_by in ('platform', 'organization'));
comment on column public.llm_calls.paid_by is 'Whose Anthropic key made the call.';
comment on column public.usage_entries.paid_by is 'Whose Anthropic key made the call: the organisation is billed by Anthropic itself for its own.';
grant select (paid_by) on public.usage_entries to devsphere_system;

create policy "a worker records what integrations do" on public.audit_entries for insert to devsphere_outgoing
  with check (org_id = (select app.claim_org_id()) and actor_type = 'system' and actor_id is null);
grant insert on public.audit_entries to devsphere_outgoing;
