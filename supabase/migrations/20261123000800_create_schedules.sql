-- Tasks that the clock submits.

create table public.schedules (
  org_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null,
  input jsonb not null,
  cron text not null,
  time_zone text not null,
  catch_up text not null default 'once',
  state text not null default 'active',
  paused_reason text,
  next_run_at timestamptz,
  last_run_at timestamptz,
  runs_as uuid not null,
  created_by uuid not null,
  idempotency_key text,
  request_hash text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint schedules_pkey primary key (org_id, id),
  constraint schedules_idempotency_key unique (org_id, idempotency_key),
  constraint schedules_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade,
  constraint schedules_name_length check (char_length(name) between 1 and 120),
  constraint schedules_kind_shape check (kind ~ '^[a-z]+\.[a-z]+$'),
  constraint schedules_input_size check (pg_column_size(input) <= 2097152),
  constraint schedules_cron_length check (char_length(cron) between 9 and 200),
  constraint schedules_time_zone_length check (char_length(time_zone) between 1 and 64),
  constraint schedules_catch_up_known check (catch_up in ('once', 'skip')),
  constraint schedules_state_known check (state in ('active', 'paused')),
  constraint schedules_next_when_active check (state = 'active' or next_run_at is null),
  constraint schedules_reason_length check (char_length(paused_reason) <= 500),
  constraint schedules_idempotency_key_length check (char_length(idempotency_key) between 1 and 200)
);
comment on table public.schedules is 'A task kind with its input, on a cron expression in a time zone.';
comment on column public.schedules.catch_up is 'After downtime: once = the latest missed occurrence fires, skip = none does.';
comment on column public.schedules.runs_as is 'Who last created or changed it; every run has that person''s rights at that moment.';
comment on column public.schedules.paused_reason is 'Why the clock paused it; null when a person did.';
comment on column public.schedules.next_run_at is 'The nominal time of the next occurrence; null while paused or when there is none.';

-- The clock asks for what is due, across organisations.
create index schedules_due_idx on public.schedules (next_run_at) where state = 'active';

create table public.schedule_runs (
  org_id uuid not null,
  schedule_id uuid not null,
  nominal_at timestamptz not null,
  trigger text not null,
  state text not null,
  runs_as uuid not null,
  task_id uuid,
  reason text,
  attempts integer not null default 1,
  claimed_at timestamptz not null default now(),
  fired_at timestamptz,
  constraint schedule_runs_pkey primary key (org_id, schedule_id, nominal_at),
  constraint schedule_runs_schedule_fkey foreign key (org_id, schedule_id) references public.schedules (org_id, id) on delete cascade,
  constraint schedule_runs_task_fkey foreign key (org_id, task_id) references public.tasks (org_id, id) on delete set null (task_id),
  constraint schedule_runs_trigger_known check (trigger in ('clock', 'person')),
  constraint schedule_runs_state_known check (state in ('pending', 'fired', 'skipped', 'failed')),
  constraint schedule_runs_fired_when_fired check ((state = 'fired') = (fired_at is not null)),
  constraint schedule_runs_reason_length check (char_length(reason) <= 500)
);
comment on table public.schedule_runs is 'An occurrence exists once: the primary key makes two workers, a crash or a restart agree.';
comment on column public.schedule_runs.state is 'pending = claimed, its task not yet submitted; another tick takes it up if the worker vanished.';

create index schedule_runs_pending_idx on public.schedule_runs (claimed_at) where state = 'pending';
create index schedule_runs_task_idx on public.schedule_runs (org_id, task_id) where task_id is not null;

revoke all on public.schedules, public.schedule_runs from public, anon, authenticated, service_role;
grant select on public.schedules, public.schedule_runs to authenticated;
grant insert on public.schedules to devsphere_member;
grant update (name, input, cron, time_zone, catch_up, state, paused_reason, next_run_at, runs_as, updated_at) on public.schedules to devsphere_member;
grant delete on public.schedules to devsphere_member;
grant insert on public.schedule_runs to devsphere_member;

-- The clock never sees what a schedule's task says.
grant select (org_id, id, cron, time_zone, catch_up, state, next_run_at, runs_as) on public.schedules to devsphere_system;
grant update (state, paused_reason, next_run_at, last_run_at, updated_at) on public.schedules to devsphere_system;
grant select, insert, update (state, task_id, reason, attempts, claimed_at, fired_at) on public.schedule_runs to devsphere_system;
grant insert on public.audit_entries to devsphere_system;

alter table public.schedules enable row level security;
alter table public.schedules force row level security;
create policy "members read schedules" on public.schedules for select to authenticated
  using (org_id in (select app.member_org_ids('viewer')));
create policy "members create schedules that run as themselves" on public.schedules for insert to devsphere_member
  with check (org_id in (select app.member_org_ids('member')) and created_by = (select auth.uid()) and runs_as = (select auth.uid()));
create policy "whoever changes a schedule is who it runs as" on public.schedules for update to devsphere_member
  using (org_id in (select app.member_org_ids('member')))
  with check (org_id in (select app.member_org_ids('member')) and runs_as = (select auth.uid()));
create policy "members delete schedules" on public.schedules for delete to devsphere_member
  using (org_id in (select app.member_org_ids('member')));
create policy "the clock reads when schedules are due" on public.schedules for select to devsphere_system using (true);
create policy "the clock moves active schedules on" on public.schedules for update to devsphere_system
  using (state = 'active') with check (true);

alter table public.schedule_runs enable row level security;
alter table public.schedule_runs force row level security;
create policy "members read runs" on public.schedule_runs for select to authenticated
  using (org_id in (select app.member_org_ids('viewer')));
create policy "members record runs they started" on public.schedule_runs for insert to devsphere_member
  with check (org_id in (select app.member_org_ids('member')) and trigger = 'person' and state = 'fired'
    and task_id is not null and runs_as = (select auth.uid()));
create policy "nobody updates runs" on public.schedule_runs for update to authenticated using (false) with check (false);
create policy "nobody deletes runs" on public.schedule_runs for delete to authenticated using (false);
create policy "the clock reads runs" on public.schedule_runs for select to devsphere_system using (true);
create policy "the clock claims occurrences" on public.schedule_runs for insert to devsphere_system
  with check (trigger = 'clock' and state in ('pending', 'skipped'));
create policy "the clock settles pending runs" on public.schedule_runs for update to devsphere_system
  using (state = 'pending') with check (true);

create policy "the system records its own actions" on public.audit_entries for insert to devsphere_system
  with check (actor_type = 'system' and actor_id is null);
