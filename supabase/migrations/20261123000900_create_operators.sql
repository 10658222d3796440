-- Operators run the platform: they see every organisation's metadata, never its content, and every act of theirs is kept.

create table public.platform_operators (
  user_id uuid not null,
  granted_at timestamptz not null default now(),
  constraint platform_operators_pkey primary key (user_id),
  constraint platform_operators_user_fkey foreign key (user_id) references public.profiles (user_id) on delete cascade
);
comment on table public.platform_operators is 'not-tenant: operators belong to the platform, not to an organisation. Granted and revoked by the owner role only.';

create table public.queue_controls (
  queue text not null,
  paused_at timestamptz not null default now(),
  paused_by uuid not null,
  reason text not null,
  constraint queue_controls_pkey primary key (queue),
  constraint queue_controls_queue_length check (char_length(queue) between 1 and 120),
  constraint queue_controls_reason_length check (char_length(reason) between 3 and 500)
);
comment on table public.queue_controls is 'not-tenant: a queue serves every organisation. A row means that the queue is paused: no worker takes jobs from it.';

create table public.operator_actions (
  id uuid not null,
  operator_id uuid not null,
  action text not null,
  target text not null,
  org_id uuid,
  reason text not null,
  detail jsonb not null default '{}',
  request_id text,
  created_at timestamptz not null default now(),
  constraint operator_actions_pkey primary key (id),
  constraint operator_actions_action_shape check (action ~ '^[a-z_]+\.[a-z_]+$'),
  constraint operator_actions_target_length check (char_length(target) between 1 and 200),
  constraint operator_actions_reason_length check (char_length(reason) between 3 and 500)
);
comment on table public.operator_actions is 'not-tenant: what operators did, to whichever organisation. Append-only, and kept when the organisation or the operator is gone: hence no foreign keys.';
comment on column public.operator_actions.org_id is 'The organisation concerned; null when it was all of them.';

-- The code alone, so that operators can group failures without reading messages.
alter table public.tasks add column error_code text generated always as (error ->> 'code') stored;
comment on column public.tasks.error_code is 'The error''s code; what operators see of an error.';

create function app.claim_user_id() returns uuid
  language sql stable set search_path = ''
  as $$ select nullif(app.claims() ->> 'sub', '')::uuid $$;
comment on function app.claim_user_id() is 'The person of this transaction, for roles that may not use the auth schema.';
revoke all on function app.claim_user_id() from public;
grant execute on function app.claim_user_id() to devsphere_operator;

create function app.is_operator() returns boolean
  language sql stable security definer set search_path = ''
  as $$ select exists (select from public.platform_operators o where o.user_id = (select auth.uid())) $$;
comment on function app.is_operator() is 'Whether the person of this transaction is an operator: asked by every policy, so that a mistake in a guard shows nothing.';
revoke all on function app.is_operator() from public;
grant execute on function app.is_operator() to devsphere_operator;

revoke all on public.platform_operators, public.queue_controls, public.operator_actions from public, anon, authenticated, service_role;
grant select on public.platform_operators, public.queue_controls, public.operator_actions to devsphere_operator;
grant insert, delete on public.queue_controls to devsphere_operator;
grant insert on public.operator_actions to devsphere_operator;
grant select on public.queue_controls to devsphere_system;

-- Metadata by name: a column that holds content is refused by the database, whatever a query asks for.
grant select (org_id, slug, name, plan, created_at) on public.organizations to devsphere_operator;
grant select (user_id, display_name) on public.profiles to devsphere_operator;
grant select (org_id, id, kind, state, attempt, max_attempts, job_queue, job_id, event_seq, error_code, created_at, run_at,
  started_at, ended_at, cancel_requested_at, simulated) on public.tasks to devsphere_operator;
grant update (state, event_seq, job_id, claimed_delivery, max_attempts, cancel_requested_at, ended_at, error, run_at, progress)
  on public.tasks to devsphere_operator;
grant insert on public.task_events to devsphere_operator;
grant insert on public.audit_entries to devsphere_operator;
grant execute on function app.task_transition_legal(text, text) to devsphere_operator;

alter table public.audit_entries drop constraint audit_entries_actor_type_known;
alter table public.audit_entries add constraint audit_entries_actor_type_known
  check (actor_type in ('person', 'api_key', 'task', 'system', 'operator'));

create policy "operators read names of organizations" on public.organizations for select to devsphere_operator
  using ((select app.is_operator()));
create policy "operators read names of operators" on public.profiles for select to devsphere_operator
  using ((select app.is_operator()) and user_id in (select o.user_id from public.platform_operators o));
create policy "operators read metadata of tasks" on public.tasks for select to devsphere_operator
  using ((select app.is_operator()));
create policy "operators steer tasks" on public.tasks for update to devsphere_operator
  using ((select app.is_operator())) with check ((select app.is_operator()));
create policy "operators append events of their commands" on public.task_events for insert to devsphere_operator
  with check ((select app.is_operator()) and type in ('task.queued', 'task.ended', 'cancel.requested'));
create policy "operators record their actions" on public.audit_entries for insert to devsphere_operator
  with check ((select app.is_operator()) and actor_type = 'operator' and actor_id = (select app.claim_user_id()));

alter table public.platform_operators enable row level security;
alter table public.platform_operators force row level security;
create policy "operators read operators" on public.platform_operators for select to devsphere_operator
  using ((select app.is_operator()));
create policy "nobody inserts operators" on public.platform_operators for insert to authenticated with check (false);
create policy "nobody updates operators" on public.platform_operators for update to authenticated using (false) with check (false);
create policy "nobody deletes operators" on public.platform_operators for delete to authenticated using (false);

alter table public.queue_controls enable row level security;
alter table public.queue_controls force row level security;
create policy "operators read queue controls" on public.queue_controls for select to devsphere_operator
  using ((select app.is_operator()));
create policy "workers read queue controls" on public.queue_controls for select to devsphere_system using (true);
create policy "operators pause queues as themselves" on public.queue_controls for insert to devsphere_operator
  with check ((select app.is_operator()) and paused_by = (select app.claim_user_id()));
create policy "nobody updates queue controls" on public.queue_controls for update to authenticated using (false) with check (false);
create policy "operators resume queues" on public.queue_controls for delete to devsphere_operator
  using ((select app.is_operator()));

alter table public.operator_actions enable row level security;
alter table public.operator_actions force row level security;
create policy "operators read operator actions" on public.operator_actions for select to devsphere_operator
  using ((select app.is_operator()));
create policy "operators record operator actions as themselves" on public.operator_actions for insert to devsphere_operator
  with check ((select app.is_operator()) and operator_id = (select app.claim_user_id()));
create policy "nobody updates operator actions" on public.operator_actions for update to authenticated using (false) with check (false);
create policy "nobody deletes operator actions" on public.operator_actions for delete to authenticated using (false);
