-- A task is the truth; the queue's job is only its delivery.

create table public.tasks (
  org_id uuid not null,
  id uuid not null,
  kind text not null,
  title text not null,
  state text not null default 'queued',
  input jsonb not null,
  output jsonb,
  error jsonb,
  attempt integer not null default 0,
  max_attempts integer not null,
  job_queue text not null,
  job_id uuid not null,
  claimed_delivery integer,
  event_seq bigint not null default 0,
  progress jsonb,
  input_tokens bigint not null default 0,
  cache_read_tokens bigint not null default 0,
  cache_write_tokens bigint not null default 0,
  output_tokens bigint not null default 0,
  cost_nano_usd bigint not null default 0,
  simulated boolean not null default false,
  priority smallint not null default 0,
  idempotency_key text,
  request_hash text not null,
  source_task_id uuid,
  created_by uuid,
  created_at timestamptz not null default now(),
  run_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  cancel_requested_at timestamptz,
  constraint tasks_pkey primary key (org_id, id),
  constraint tasks_idempotency_key unique (org_id, idempotency_key),
  constraint tasks_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade,
  constraint tasks_source_fkey foreign key (org_id, source_task_id) references public.tasks (org_id, id) on delete set null (source_task_id),
  constraint tasks_state_known check (state in ('queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled', 'expired')),
  constraint tasks_kind_shape check (kind ~ '^[a-z]+\.[a-z]+$'),
  constraint tasks_title_length check (char_length(title) between 1 and 200),
  constraint tasks_input_size check (pg_column_size(input) <= 2097152),
  constraint tasks_attempts_bounded check (attempt >= 0 and max_attempts between 1 and 1000),
  constraint tasks_idempotency_key_length check (char_length(idempotency_key) between 1 and 200),
  constraint tasks_ended_when_terminal check ((state in ('succeeded', 'failed', 'cancelled', 'expired')) = (ended_at is not null))
) with (fillfactor = 80);
comment on table public.tasks is 'Work an organisation asked for, and its result.';
comment on column public.tasks.claimed_delivery is 'Delivery number (pg-boss retry_count) of the job that holds the claim; null until first claimed.';
comment on column public.tasks.event_seq is 'Sequence of the last event; raising it under the row lock orders and fences every append.';
comment on column public.tasks.request_hash is 'Digest of kind and input: the same idempotency key with another body is refused.';
comment on column public.tasks.cost_nano_usd is 'Nano-dollars, priced from model_prices.';

create index tasks_state_idx on public.tasks (org_id, state, id desc);
create index tasks_kind_idx on public.tasks (org_id, kind, id desc);
create index tasks_source_idx on public.tasks (org_id, source_task_id) where source_task_id is not null;

create table public.task_attempts (
  org_id uuid not null,
  task_id uuid not null,
  attempt integer not null,
  state text not null default 'running',
  worker text not null,
  job_id uuid not null,
  delivery integer not null,
  error jsonb,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint task_attempts_pkey primary key (org_id, task_id, attempt),
  constraint task_attempts_task_fkey foreign key (org_id, task_id) references public.tasks (org_id, id) on delete cascade,
  constraint task_attempts_state_known check (state in ('running', 'succeeded', 'failed', 'cancelled', 'expired', 'lost', 'released'))
);
comment on table public.task_attempts is 'Every time a worker took the task; lost = its worker vanished, released = given back at shutdown.';

create table public.task_events (
  org_id uuid not null,
  task_id uuid not null,
  seq bigint not null,
  type text not null,
  data jsonb not null,
  created_at timestamptz not null default now(),
  constraint task_events_pkey primary key (org_id, task_id, seq),
  constraint task_events_task_fkey foreign key (org_id, task_id) references public.tasks (org_id, id) on delete cascade,
  constraint task_events_type_shape check (type ~ '^[a-z]+(\.[a-z]+)?$')
);
comment on table public.task_events is 'What happened, in order; a live view replays from any sequence number.';

create table public.task_steps (
  org_id uuid not null,
  task_id uuid not null,
  key text not null,
  title text not null,
  attempt integer not null,
  output jsonb not null,
  started_at timestamptz not null,
  ended_at timestamptz not null default now(),
  constraint task_steps_pkey primary key (org_id, task_id, key),
  constraint task_steps_task_fkey foreign key (org_id, task_id) references public.tasks (org_id, id) on delete cascade,
  constraint task_steps_key_length check (char_length(key) between 1 and 120)
);
comment on table public.task_steps is 'Finished steps: a retry replays their output instead of paying again.';

-- Legal transitions; the typed list in shared/src/tasks/states.ts is tested equal to this one.
create function app.task_transition_legal(before text, after text) returns boolean
  language sql immutable set search_path = ''
  as $$
    select (before, after) in (
      ('queued', 'running'), ('queued', 'cancelled'), ('queued', 'expired'),
      ('running', 'queued'), ('running', 'waiting'), ('running', 'succeeded'),
      ('running', 'failed'), ('running', 'cancelled'), ('running', 'expired'),
      ('waiting', 'queued'), ('waiting', 'cancelled'), ('waiting', 'expired'), ('waiting', 'failed'),
      ('failed', 'queued'), ('cancelled', 'queued'), ('expired', 'queued')
    )
  $$;

create function app.guard_task_transition() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    if not app.task_transition_legal(old.state, new.state) then
      raise exception 'task cannot go from % to %', old.state, new.state using errcode = 'DS001';
    end if;
    return new;
  end
  $$;
create trigger tasks_guard_transition before update of state on public.tasks
  for each row when (old.state is distinct from new.state) execute function app.guard_task_transition();

revoke all on function app.task_transition_legal(text, text), app.guard_task_transition() from public;
grant execute on function app.task_transition_legal(text, text) to authenticated, devsphere_task;

revoke all on public.tasks, public.task_attempts, public.task_events, public.task_steps from public, anon, authenticated, service_role;
grant select on public.tasks, public.task_attempts, public.task_events, public.task_steps to authenticated, devsphere_task;
grant insert (org_id, id, kind, title, state, input, max_attempts, job_queue, job_id, event_seq, priority, idempotency_key, request_hash, source_task_id, created_by, run_at)
  on public.tasks to devsphere_member;
grant update (state, event_seq, job_id, claimed_delivery, max_attempts, cancel_requested_at, ended_at, error, run_at, progress)
  on public.tasks to devsphere_member;
grant insert on public.task_events to devsphere_member, devsphere_task;
grant update (state, attempt, max_attempts, claimed_delivery, event_seq, progress, output, error, started_at, ended_at, run_at,
  input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd, simulated)
  on public.tasks to devsphere_task;
grant insert, update (state, error, ended_at) on public.task_attempts to devsphere_task;
grant insert on public.task_steps to devsphere_task;

alter table public.tasks enable row level security;
alter table public.tasks force row level security;
create policy "members read tasks" on public.tasks for select to authenticated
  using (org_id in (select app.member_org_ids('viewer')));
create policy "members submit tasks as themselves" on public.tasks for insert to devsphere_member
  with check (org_id in (select app.member_org_ids('member')) and created_by = (select auth.uid()) and state = 'queued');
create policy "members steer tasks" on public.tasks for update to devsphere_member
  using (org_id in (select app.member_org_ids('member')))
  with check (org_id in (select app.member_org_ids('member')));
create policy "nobody deletes tasks" on public.tasks for delete to authenticated using (false);
create policy "a task reads itself" on public.tasks for select to devsphere_task
  using (org_id = (select app.claim_org_id()) and id = (select app.claim_task_id()));
create policy "a task writes itself" on public.tasks for update to devsphere_task
  using (org_id = (select app.claim_org_id()) and id = (select app.claim_task_id()))
  with check (org_id = (select app.claim_org_id()) and id = (select app.claim_task_id()));

alter table public.task_attempts enable row level security;
alter table public.task_attempts force row level security;
create policy "members read attempts" on public.task_attempts for select to authenticated
  using (org_id in (select app.member_org_ids('viewer')));
create policy "a task reads its attempts" on public.task_attempts for select to devsphere_task
  using (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()));
create policy "a task opens its attempts" on public.task_attempts for insert to devsphere_task
  with check (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()));
create policy "a task closes its attempts" on public.task_attempts for update to devsphere_task
  using (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()))
  with check (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()));
create policy "nobody deletes attempts" on public.task_attempts for delete to authenticated using (false);

alter table public.task_events enable row level security;
alter table public.task_events force row level security;
create policy "members read events" on public.task_events for select to authenticated
  using (org_id in (select app.member_org_ids('viewer')));
create policy "members append events of their commands" on public.task_events for insert to devsphere_member
  with check (org_id in (select app.member_org_ids('member')));
create policy "a task reads its events" on public.task_events for select to devsphere_task
  using (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()));
create policy "a task appends its events" on public.task_events for insert to devsphere_task
  with check (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()));
create policy "nobody updates events" on public.task_events for update to authenticated using (false) with check (false);
create policy "nobody deletes events" on public.task_events for delete to authenticated using (false);

alter table public.task_steps enable row level security;
alter table public.task_steps force row level security;
create policy "members read steps" on public.task_steps for select to authenticated
  using (org_id in (select app.member_org_ids('viewer')));
create policy "a task reads its steps" on public.task_steps for select to devsphere_task
  using (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()));
create policy "a task stores its steps" on public.task_steps for insert to devsphere_task
  with check (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()));
create policy "nobody updates steps" on public.task_steps for update to authenticated using (false) with check (false);
create policy "nobody deletes steps" on public.task_steps for delete to authenticated using (false);
