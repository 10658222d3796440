-- Who did what to what; append-only for every role.

create table public.audit_entries (
  org_id uuid not null,
  id uuid not null,
  actor_type text not null,
  actor_id uuid,
  action text not null,
  target_type text not null,
  target_id uuid not null,
  request_id text,
  detail jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint audit_entries_pkey primary key (org_id, id),
  constraint audit_entries_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade,
  constraint audit_entries_actor_type_known check (actor_type in ('person', 'api_key', 'task', 'system')),
  constraint audit_entries_action_shape check (action ~ '^[a-z_]+\.[a-z_]+$')
);
comment on table public.audit_entries is 'Append-only: no role may update or delete.';
create index audit_entries_target_idx on public.audit_entries (org_id, target_type, target_id, id);

revoke all on public.audit_entries from public, anon, authenticated, service_role;
grant select on public.audit_entries to authenticated;
grant insert on public.audit_entries to devsphere_member, devsphere_task;

alter table public.audit_entries enable row level security;
alter table public.audit_entries force row level security;
create policy "admins read the audit log" on public.audit_entries for select to authenticated
  using (org_id in (select app.member_org_ids('admin')));
create policy "people record their own actions" on public.audit_entries for insert to devsphere_member
  with check (org_id in (select app.member_org_ids('viewer')) and actor_type = 'person' and actor_id = (select auth.uid()));
create policy "a task records its own actions" on public.audit_entries for insert to devsphere_task
  with check (org_id = (select app.claim_org_id()) and actor_type = 'task' and actor_id = (select app.claim_task_id()));
create policy "nobody updates the audit log" on public.audit_entries for update to authenticated using (false) with check (false);
create policy "nobody deletes the audit log" on public.audit_entries for delete to authenticated using (false);
