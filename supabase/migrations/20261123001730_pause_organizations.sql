-- An organisation can hold its own work: submissions are taken, nothing is started until it is resumed.

insert into app.permissions (permission, min_role) values ('organization.pause', 'admin');

create table public.organization_pauses (
  org_id uuid not null,
  paused_at timestamptz not null default now(),
  paused_by uuid not null,
  reason text,
  constraint organization_pauses_pkey primary key (org_id),
  constraint organization_pauses_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade,
  constraint organization_pauses_reason_length check (char_length(reason) between 1 and 300)
);
comment on table public.organization_pauses is 'A row means that no worker starts a task of this organisation. Running ones finish.';

revoke all on public.organization_pauses from public, anon, authenticated, service_role;
grant select on public.organization_pauses to authenticated, devsphere_api_key;
grant select (org_id) on public.organization_pauses to devsphere_task;
grant insert (org_id, paused_by, reason), delete on public.organization_pauses to devsphere_member;

alter table public.organization_pauses enable row level security;
alter table public.organization_pauses force row level security;
create policy "members read whether their organization is paused" on public.organization_pauses for select to authenticated, devsphere_api_key
  using (org_id in (select app.permitted_org_ids('organization.read')));
create policy "a task reads whether its organization is paused" on public.organization_pauses for select to devsphere_task
  using (org_id = (select app.claim_org_id()));
create policy "who may pause an organization does so as themselves" on public.organization_pauses for insert to devsphere_member
  with check (org_id in (select app.permitted_org_ids('organization.pause')) and paused_by = (select auth.uid()));
create policy "nobody updates pauses" on public.organization_pauses for update to authenticated using (false) with check (false);
create policy "who may pause an organization resumes it" on public.organization_pauses for delete to devsphere_member
  using (org_id in (select app.permitted_org_ids('organization.pause')));
