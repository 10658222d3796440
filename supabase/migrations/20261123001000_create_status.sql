-- The public status page: what probes saw, day by day, and what operators say about incidents.

create table public.status_components (
  id text not null,
  name text not null,
  description text not null,
  position smallint not null,
  constraint status_components_pkey primary key (id),
  constraint status_components_id_shape check (id ~ '^[a-z]+$')
);
comment on table public.status_components is 'not-tenant: the parts of the platform that the public status page names.';

insert into public.status_components (id, name, description, position) values
  ('web', 'Web application', 'Pages and sign-in', 1),
  ('api', 'API', 'Programs and live events', 2),
  ('database', 'Database', 'Tasks and results', 3),
  ('queue', 'Queue', 'Work on its way to workers', 4),
  ('workers', 'Workers', 'Running tasks', 5),
  ('claude', 'Claude', 'The model that does the work', 6),
  ('agent', 'Agent service', 'SEO briefs and articles', 7),
  ('scheduler', 'Scheduler', 'Tasks on a schedule', 8),
  ('storage', 'Storage', 'Files of results', 9);

create table public.status_samples (
  component text not null,
  at timestamptz not null default now(),
  state text not null,
  latency_ms integer not null,
  detail text not null,
  constraint status_samples_pkey primary key (component, at),
  constraint status_samples_component_fkey foreign key (component) references public.status_components (id),
  constraint status_samples_state_known check (state in ('operational', 'degraded', 'outage')),
  constraint status_samples_latency_bounded check (latency_ms between 0 and 600000),
  constraint status_samples_detail_length check (char_length(detail) between 1 and 200)
);
comment on table public.status_samples is 'not-tenant: what a probe of the platform saw. Kept for two days; status_days keeps the counts.';
create index status_samples_at_idx on public.status_samples (at);

create table public.status_days (
  component text not null,
  day date not null,
  operational integer not null default 0,
  degraded integer not null default 0,
  outage integer not null default 0,
  constraint status_days_pkey primary key (component, day),
  constraint status_days_component_fkey foreign key (component) references public.status_components (id),
  constraint status_days_counts_positive check (operational >= 0 and degraded >= 0 and outage >= 0)
);
comment on table public.status_days is 'not-tenant: samples counted by day (UTC); a day without a row has no data.';

create table public.incidents (
  id uuid not null,
  title text not null,
  state text not null,
  started_at timestamptz not null default now(),
  resolved_at timestamptz,
  created_by uuid not null,
  constraint incidents_pkey primary key (id),
  constraint incidents_state_known check (state in ('investigating', 'identified', 'monitoring', 'resolved')),
  constraint incidents_title_length check (char_length(title) between 3 and 120),
  constraint incidents_resolved_when_over check ((state = 'resolved') = (resolved_at is not null))
);
comment on table public.incidents is 'not-tenant: trouble of the platform, told to everybody by operators.';

create table public.incident_updates (
  incident_id uuid not null,
  id uuid not null,
  state text not null,
  body text not null,
  at timestamptz not null default now(),
  constraint incident_updates_pkey primary key (incident_id, id),
  constraint incident_updates_incident_fkey foreign key (incident_id) references public.incidents (id) on delete cascade,
  constraint incident_updates_state_known check (state in ('investigating', 'identified', 'monitoring', 'resolved')),
  constraint incident_updates_body_length check (char_length(body) between 3 and 2000)
);
comment on table public.incident_updates is 'not-tenant: what operators told about an incident, and when. Append-only.';

revoke all on public.status_components, public.status_samples, public.status_days, public.incidents, public.incident_updates
  from public, anon, authenticated, service_role;
-- Public by nature: everything a visitor may read is on the status page. Who wrote an incident is not.
grant select on public.status_components, public.status_samples, public.status_days, public.incident_updates to anon, authenticated;
grant select (id, title, state, started_at, resolved_at) on public.incidents to anon, authenticated;
grant select on public.status_components, public.status_samples, public.status_days to devsphere_system;
grant insert, delete on public.status_samples to devsphere_system;
grant insert, update (operational, degraded, outage) on public.status_days to devsphere_system;
grant select, insert, update (state, resolved_at) on public.incidents to devsphere_operator;
grant select, insert on public.incident_updates to devsphere_operator;

alter table public.status_components enable row level security;
alter table public.status_components force row level security;
create policy "everybody reads components" on public.status_components for select to anon, authenticated, devsphere_system using (true);
create policy "nobody inserts components" on public.status_components for insert to authenticated with check (false);
create policy "nobody updates components" on public.status_components for update to authenticated using (false) with check (false);
create policy "nobody deletes components" on public.status_components for delete to authenticated using (false);

alter table public.status_samples enable row level security;
alter table public.status_samples force row level security;
create policy "everybody reads samples" on public.status_samples for select to anon, authenticated, devsphere_system using (true);
create policy "probes store samples" on public.status_samples for insert to devsphere_system with check (true);
create policy "nobody updates samples" on public.status_samples for update to authenticated using (false) with check (false);
create policy "retention deletes old samples" on public.status_samples for delete to devsphere_system
  using (at < now() - interval '2 days');

alter table public.status_days enable row level security;
alter table public.status_days force row level security;
create policy "everybody reads days" on public.status_days for select to anon, authenticated, devsphere_system using (true);
create policy "probes open days" on public.status_days for insert to devsphere_system with check (true);
create policy "probes count days" on public.status_days for update to devsphere_system using (true) with check (true);
create policy "nobody deletes days" on public.status_days for delete to authenticated using (false);

alter table public.incidents enable row level security;
alter table public.incidents force row level security;
create policy "everybody reads incidents" on public.incidents for select to anon, authenticated using (true);
create policy "operators read incidents" on public.incidents for select to devsphere_operator using ((select app.is_operator()));
create policy "operators open incidents as themselves" on public.incidents for insert to devsphere_operator
  with check ((select app.is_operator()) and created_by = (select app.claim_user_id()));
create policy "operators move incidents" on public.incidents for update to devsphere_operator
  using ((select app.is_operator()) and state <> 'resolved') with check ((select app.is_operator()));
create policy "nobody deletes incidents" on public.incidents for delete to authenticated using (false);

alter table public.incident_updates enable row level security;
alter table public.incident_updates force row level security;
create policy "everybody reads incident updates" on public.incident_updates for select to anon, authenticated using (true);
create policy "operators read incident updates" on public.incident_updates for select to devsphere_operator
  using ((select app.is_operator()));
create policy "operators tell about incidents" on public.incident_updates for insert to devsphere_operator
  with check ((select app.is_operator()));
create policy "nobody updates incident updates" on public.incident_updates for update to authenticated using (false) with check (false);
create policy "nobody deletes incident updates" on public.incident_updates for delete to authenticated using (false);
