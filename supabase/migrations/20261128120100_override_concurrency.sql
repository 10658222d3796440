-- How many tasks of one organisation run at once, when operators decide otherwise than its plan.

create table public.concurrency_overrides (
  org_id uuid not null,
  concurrent_tasks integer not null,
  reason text not null,
  set_by uuid not null,
  set_at timestamptz not null default now(),
  constraint concurrency_overrides_pkey primary key (org_id),
  constraint concurrency_overrides_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade,
  constraint concurrency_overrides_tasks_range check (concurrent_tasks between 1 and 1000),
  constraint concurrency_overrides_reason_length check (char_length(reason) between 3 and 500)
);
comment on table public.concurrency_overrides is 'A row holds instead of the plan''s own number, whichever plan the organisation gets meanwhile, until operators lift it.';
comment on column public.concurrency_overrides.reason is 'For operators: the organisation reads that there is an override, not why.';

revoke all on public.concurrency_overrides from public, anon, authenticated, service_role;
grant select (org_id, concurrent_tasks, set_at) on public.concurrency_overrides to authenticated, devsphere_api_key;
grant select (org_id, concurrent_tasks) on public.concurrency_overrides to devsphere_system;
grant select, insert (org_id, concurrent_tasks, reason, set_by), update (concurrent_tasks, reason, set_by, set_at), delete
  on public.concurrency_overrides to devsphere_operator;

alter table public.concurrency_overrides enable row level security;
alter table public.concurrency_overrides force row level security;
create policy "members read the override of their organization" on public.concurrency_overrides for select to authenticated, devsphere_api_key
  using (org_id in (select app.permitted_org_ids('organization.read')));
create policy "workers read overrides" on public.concurrency_overrides for select to devsphere_system using (true);
create policy "operators read overrides" on public.concurrency_overrides for select to devsphere_operator
  using ((select app.is_operator()));
create policy "operators set overrides as themselves" on public.concurrency_overrides for insert to devsphere_operator
  with check ((select app.is_operator()) and set_by = (select app.claim_user_id()));
create policy "operators change overrides as themselves" on public.concurrency_overrides for update to devsphere_operator
  using ((select app.is_operator())) with check ((select app.is_operator()) and set_by = (select app.claim_user_id()));
create policy "operators lift overrides" on public.concurrency_overrides for delete to devsphere_operator
  using ((select app.is_operator()));
