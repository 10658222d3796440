-- What an organisation may have, by its plan: data, so that a new plan is a row.

create table public.plans (
  plan text not null,
  name text not null,
  position smallint not null,
  concurrent_tasks integer not null,
  event_retention_days integer not null,
  seats integer not null,
  monthly_budget_nano_usd bigint not null,
  constraint plans_pkey primary key (plan),
  constraint plans_plan_shape check (plan ~ '^[a-z]{2,20}$'),
  constraint plans_name_length check (char_length(name) between 1 and 40),
  constraint plans_concurrent_tasks_positive check (concurrent_tasks between 1 and 1000),
  constraint plans_retention_bounded check (event_retention_days between 7 and 3650),
  constraint plans_seats_positive check (seats between 1 and 100000),
  constraint plans_budget_not_negative check (monthly_budget_nano_usd >= 0)
);
comment on table public.plans is 'not-tenant: what each plan includes, the same for everybody who has it.';
comment on column public.plans.concurrent_tasks is 'Tasks of one organisation that run at once; the plan is the tier of the queue''s groups.';
comment on column public.plans.event_retention_days is 'Streamed text of ended tasks is cleared after this; never below 7, which the policies refuse.';
comment on column public.plans.seats is 'Members and open invitations together.';
comment on column public.plans.monthly_budget_nano_usd is 'Nano-dollars a calendar month (UTC).';

insert into public.plans (plan, name, position, concurrent_tasks, event_retention_days, seats, monthly_budget_nano_usd) values
  ('free', 'Free', 1, 5, 30, 5, 20000000000),
  ('pro', 'Pro', 2, 25, 90, 25, 500000000000),
  ('scale', 'Scale', 3, 100, 365, 500, 5000000000000);

alter table public.organizations drop constraint organizations_plan_known;
alter table public.organizations add constraint organizations_plan_fkey foreign key (plan) references public.plans (plan);
create index organizations_plan_idx on public.organizations (plan);

-- Retention looks at one organisation after the other, each by its own plan.
drop index public.tasks_uncleared_idx;
create index tasks_uncleared_idx on public.tasks (org_id, ended_at)
  where ended_at is not null and (events_cleared_at is null or events_cleared_at < ended_at);

revoke all on public.plans from public, anon, authenticated, service_role;
grant select on public.plans to authenticated, devsphere_task, devsphere_api_key, devsphere_system, devsphere_operator;
grant select (org_id, plan) on public.organizations to devsphere_system;

alter table public.plans enable row level security;
alter table public.plans force row level security;
create policy "everybody signed in reads plans" on public.plans for select
  to authenticated, devsphere_task, devsphere_api_key, devsphere_system, devsphere_operator using (true);
create policy "nobody inserts plans" on public.plans for insert to authenticated with check (false);
create policy "nobody updates plans" on public.plans for update to authenticated using (false) with check (false);
create policy "nobody deletes plans" on public.plans for delete to authenticated using (false);

create policy "upkeep reads plans of organizations" on public.organizations for select to devsphere_system using (true);
