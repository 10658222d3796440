-- A worker can be alive, heard from, and take no work. It says so itself, as long as it can.
create table public.worker_troubles (
  host text not null,
  name text not null,
  reason text not null,
  since timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  constraint worker_troubles_pkey primary key (host, name),
  constraint worker_troubles_host_length check (char_length(host) between 1 and 255),
  constraint worker_troubles_name_length check (char_length(name) between 1 and 255),
  constraint worker_troubles_reason_length check (char_length(reason) between 1 and 500)
);
comment on table public.worker_troubles is 'not-tenant: workers serve every organisation. Why a worker takes no work although it lives; a row that was not renewed lately means nothing.';

revoke all on public.worker_troubles from public, anon, authenticated, service_role;
grant select, insert (host, name, reason), update (reason, seen_at), delete on public.worker_troubles to devsphere_system;
grant select on public.worker_troubles to devsphere_operator;

alter table public.worker_troubles enable row level security;
alter table public.worker_troubles force row level security;
create policy "workers read their troubles" on public.worker_troubles for select to devsphere_system using (true);
create policy "workers tell their troubles" on public.worker_troubles for insert to devsphere_system with check (true);
create policy "workers renew their troubles" on public.worker_troubles for update to devsphere_system using (true) with check (true);
create policy "workers take their troubles back" on public.worker_troubles for delete to devsphere_system using (true);
create policy "operators read troubles of workers" on public.worker_troubles for select to devsphere_operator
  using ((select app.is_operator()));
