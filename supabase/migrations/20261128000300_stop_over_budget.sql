-- An organisation that has spent its month's budget starts nothing more until there is room again.

create table public.budget_stops (
  org_id uuid not null,
  stopped_at timestamptz not null default now(),
  constraint budget_stops_pkey primary key (org_id),
  constraint budget_stops_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade
);
comment on table public.budget_stops is 'A row means that this month''s budget is spent: no worker starts a task or makes a call for the organisation. Gone when the budget is raised, the plan changes or a month begins.';

create function app.budget_left(wanted_org uuid) returns bigint
  language plpgsql stable security definer set search_path = ''
  as $$
  begin
    return (select s.limit_nano_usd - s.spent_nano_usd from app.spending(wanted_org) s);
  end
  $$;
comment on function app.budget_left(uuid) is 'What an organisation may still spend this month, nano-dollars; what is only set aside is not spent.';
revoke all on function app.budget_left(uuid) from public;
grant execute on function app.budget_left(uuid) to devsphere_system;

revoke all on public.budget_stops from public, anon, authenticated, service_role;
grant select on public.budget_stops to authenticated, devsphere_api_key;
grant select (org_id) on public.budget_stops to devsphere_task;
grant select, insert (org_id), delete on public.budget_stops to devsphere_system;
grant delete on public.budget_stops to devsphere_member;
grant select (org_id), delete on public.budget_stops to devsphere_operator;

alter table public.budget_stops enable row level security;
alter table public.budget_stops force row level security;
create policy "members read whether the budget is spent" on public.budget_stops for select to authenticated, devsphere_api_key
  using (org_id in (select app.permitted_org_ids('organization.read')));
create policy "a task reads whether the budget is spent" on public.budget_stops for select to devsphere_task
  using (org_id = (select app.claim_org_id()));
create policy "workers read whose budget is spent" on public.budget_stops for select to devsphere_system using (true);
create policy "operators read whose budget is spent" on public.budget_stops for select to devsphere_operator
  using ((select app.is_operator()));
create policy "workers note that a budget is spent" on public.budget_stops for insert to devsphere_system with check (true);
create policy "nobody updates budget stops" on public.budget_stops for update to authenticated using (false) with check (false);
create policy "who manages budgets lets work go on" on public.budget_stops for delete to devsphere_member
  using (org_id in (select app.permitted_org_ids('budgets.manage')));
create policy "workers let work go on" on public.budget_stops for delete to devsphere_system using (true);
create policy "operators let work go on with another plan" on public.budget_stops for delete to devsphere_operator
  using ((select app.is_operator()));

grant execute on function app.estimated_cost(text, bigint, bigint) to devsphere_system;
