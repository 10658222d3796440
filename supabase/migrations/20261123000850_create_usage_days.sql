-- What upkeep needs: usage by day, and which ended tasks have had their streamed text cleared.

create table public.usage_days (
  org_id uuid not null,
  day date not null,
  kind text not null,
  model text not null,
  simulated boolean not null,
  calls bigint not null,
  input_tokens bigint not null,
  cache_read_tokens bigint not null,
  cache_write_tokens bigint not null,
  output_tokens bigint not null,
  cost_nano_usd bigint not null,
  constraint usage_days_pkey primary key (org_id, day, kind, model, simulated),
  constraint usage_days_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade
);
comment on table public.usage_days is 'usage_entries added up by day (UTC), kind and model; made again for recent days, never counted twice.';

-- The roll-up reads recent entries of every organisation.
create index usage_entries_created_idx on public.usage_entries (created_at);

alter table public.tasks add column events_cleared_at timestamptz;
comment on column public.tasks.events_cleared_at is 'When retention removed the streamed text of its events; a retry that ends later is cleared again.';
create index tasks_uncleared_idx on public.tasks (ended_at)
  where ended_at is not null and (events_cleared_at is null or events_cleared_at < ended_at);

revoke all on public.usage_days from public, anon, authenticated, service_role;
grant select on public.usage_days to authenticated;
grant select, insert, update on public.usage_days to devsphere_system;
grant select (org_id, kind, model, simulated, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd, created_at)
  on public.usage_entries to devsphere_system;
grant select (org_id, id, ended_at, events_cleared_at), update (events_cleared_at) on public.tasks to devsphere_system;
grant select (org_id, task_id, type, created_at), delete on public.task_events to devsphere_system;

alter table public.usage_days enable row level security;
alter table public.usage_days force row level security;
create policy "members read usage by day" on public.usage_days for select to authenticated
  using (org_id in (select app.member_org_ids('viewer')));
create policy "the roll-up reads usage by day" on public.usage_days for select to devsphere_system using (true);
create policy "the roll-up adds days" on public.usage_days for insert to devsphere_system with check (true);
create policy "the roll-up corrects days" on public.usage_days for update to devsphere_system using (true) with check (true);
create policy "nobody deletes usage by day" on public.usage_days for delete to authenticated using (false);

create policy "the roll-up reads usage" on public.usage_entries for select to devsphere_system using (true);
create policy "retention reads when tasks ended" on public.tasks for select to devsphere_system using (ended_at is not null);
create policy "retention marks ended tasks" on public.tasks for update to devsphere_system
  using (ended_at is not null) with check (ended_at is not null);
-- The floor is the database's own: a wrong setting can't clear what is fresher.
create policy "retention reads old streamed text" on public.task_events for select to devsphere_system
  using (type = 'text' and created_at < now() - interval '7 days');
create policy "retention clears old streamed text" on public.task_events for delete to devsphere_system
  using (type = 'text' and created_at < now() - interval '7 days');
