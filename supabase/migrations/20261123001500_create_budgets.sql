-- What an organisation may spend in a month, what it has spent, and what its open tasks may still cost.

create table public.budgets (
  org_id uuid not null,
  monthly_limit_nano_usd bigint not null,
  alert_percents smallint[] not null default '{50,80,100}',
  updated_by uuid not null,
  updated_at timestamptz not null default now(),
  constraint budgets_pkey primary key (org_id),
  constraint budgets_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade,
  constraint budgets_limit_not_negative check (monthly_limit_nano_usd >= 0),
  constraint budgets_alerts_bounded check (cardinality(alert_percents) <= 5 and 1 <= all (alert_percents) and 100 >= all (alert_percents))
);
comment on table public.budgets is 'What an organisation set for itself; without a row its plan''s budget holds, which no row can exceed.';
comment on column public.budgets.monthly_limit_nano_usd is 'Nano-dollars a calendar month (UTC).';
comment on column public.budgets.alert_percents is 'Of the limit: crossing one tells the organisation, once a month each.';

create table public.budget_alerts (
  org_id uuid not null,
  id uuid not null,
  month date not null,
  percent smallint not null,
  spent_nano_usd bigint not null,
  limit_nano_usd bigint not null,
  created_at timestamptz not null default now(),
  constraint budget_alerts_pkey primary key (org_id, id),
  constraint budget_alerts_once unique (org_id, month, percent),
  constraint budget_alerts_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade
);
comment on table public.budget_alerts is 'Thresholds that were crossed, each once a month.';

alter table public.tasks add column reserved_nano_usd bigint not null default 0;
alter table public.tasks add constraint tasks_reserved_not_negative check (reserved_nano_usd >= 0);
comment on column public.tasks.reserved_nano_usd is 'Nano-dollars set aside at submission, the price of what its kind usually takes; counts against the budget until the task ends.';
create index tasks_open_idx on public.tasks (org_id) where state in ('queued', 'running', 'waiting');

-- Usage is asked for by person too. Recent days are made anew by the roll-up.
delete from public.usage_days where day >= (now() at time zone 'UTC')::date - 2;
alter table public.usage_days add column user_id uuid not null default '00000000-0000-0000-0000-000000000000';
alter table public.usage_days drop constraint usage_days_pkey;
alter table public.usage_days add constraint usage_days_pkey primary key (org_id, day, kind, model, simulated, user_id);
comment on column public.usage_days.user_id is 'Who submitted the tasks; all zeros for programs, and for days before this was kept.';
create index usage_entries_org_created_idx on public.usage_entries (org_id, created_at) include (cost_nano_usd);
grant select (user_id) on public.usage_entries to devsphere_system;
-- The roll-up corrects sums; whose and which day they are never changes.
revoke update on public.usage_days from devsphere_system;
grant update (calls, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd)
  on public.usage_days to devsphere_system;

create function app.estimated_cost(wanted_model text, input_tokens bigint, output_tokens bigint) returns bigint
  language plpgsql stable security definer set search_path = ''
  as $$
  begin
    return (select p.input_nano_usd * input_tokens + p.output_nano_usd * output_tokens from public.model_prices p
      where p.model = wanted_model and p.effective_from <= now() and p.over_prompt_tokens <= input_tokens
      order by p.over_prompt_tokens desc, p.effective_from desc limit 1);
  end
  $$;
comment on function app.estimated_cost(text, bigint, bigint) is 'Nano-dollars of one call at today''s list price, nothing of it cached.';

create function app.spending(wanted_org uuid)
  returns table (limit_nano_usd bigint, plan_limit_nano_usd bigint, spent_nano_usd bigint, reserved_nano_usd bigint)
  language plpgsql stable security definer set search_path = ''
  as $$
  declare
    today date := (now() at time zone 'UTC')::date;
    first_day date := date_trunc('month', today)::date;
    -- The days before yesterday have been added up for good; the ledger answers for the rest.
    live_from date := greatest(first_day, today - 1);
  begin
    return query
      select least(b.monthly_limit_nano_usd, p.monthly_budget_nano_usd), p.monthly_budget_nano_usd,
        (select coalesce(sum(d.cost_nano_usd), 0)::bigint from public.usage_days d
          where d.org_id = wanted_org and d.day >= first_day and d.day < live_from)
        + (select coalesce(sum(e.cost_nano_usd), 0)::bigint from public.usage_entries e
          where e.org_id = wanted_org and e.created_at >= live_from::timestamp at time zone 'UTC'),
        (select coalesce(sum(greatest(t.reserved_nano_usd - t.cost_nano_usd, 0)), 0)::bigint from public.tasks t
          where t.org_id = wanted_org and t.state in ('queued', 'running', 'waiting'))
      from public.organizations o join public.plans p on p.plan = o.plan left join public.budgets b on b.org_id = o.org_id
      where o.org_id = wanted_org;
  end
  $$;
comment on function app.spending(uuid) is 'Limit, spent and reserved of this month (UTC). Asks nobody''s rights: only functions that do may call it.';

create function app.budget_state(wanted_org uuid)
  returns table (limit_nano_usd bigint, plan_limit_nano_usd bigint, spent_nano_usd bigint, reserved_nano_usd bigint)
  language plpgsql stable security definer set search_path = ''
  as $$
  begin
    if wanted_org not in (select app.permitted_org_ids('usage.read')) then return; end if;
    return query select s.* from app.spending(wanted_org) s;
  end
  $$;
comment on function app.budget_state(uuid) is 'The budget of an organisation whose usage the subject may read; no row otherwise.';

create function app.admit_spending(wanted_org uuid, amount bigint) returns bigint
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    state record;
    remaining bigint;
  begin
    -- Whoever may not submit learns nothing here: the insert that follows refuses.
    if wanted_org not in (select app.permitted_org_ids('tasks.submit')) then return null; end if;
    -- One after the other until their commit, so that two cannot both take what is left.
    perform pg_advisory_xact_lock(hashtextextended('budget ' || wanted_org::text, 0));
    select * into strict state from app.spending(wanted_org);
    remaining := state.limit_nano_usd - state.spent_nano_usd - state.reserved_nano_usd;
    if remaining < amount then
      raise exception 'over budget' using errcode = 'DS402',
        detail = jsonb_build_object('limit', state.limit_nano_usd, 'remaining', greatest(remaining, 0), 'needed', amount)::text;
    end if;
    return remaining - amount;
  end
  $$;
comment on function app.admit_spending(uuid, bigint) is 'What is left of the budget after this amount, nano-dollars; raises DS402 when there is not enough. Holds a lock of the organisation until the transaction ends.';

create function app.cross_budget_thresholds()
  returns table (org_id uuid, alert_id uuid, percent smallint, spent_nano_usd bigint, limit_nano_usd bigint)
  language plpgsql volatile security definer set search_path = ''
  as $$
  #variable_conflict use_column
  begin
    return query
      with spenders as (
        select distinct e.org_id from public.usage_entries e where e.created_at >= now() - interval '1 day'
      ), made as (
        insert into public.budget_alerts (org_id, id, month, percent, spent_nano_usd, limit_nano_usd)
        select s.org_id, app.uuid_v7(), date_trunc('month', now() at time zone 'UTC')::date, threshold.percent,
               state.spent_nano_usd, state.limit_nano_usd
        from spenders s
        cross join lateral app.spending(s.org_id) state
        left join public.budgets b on b.org_id = s.org_id
        cross join lateral unnest(coalesce(b.alert_percents, '{50,80,100}'::smallint[])) as threshold(percent)
        where state.limit_nano_usd > 0 and state.spent_nano_usd::numeric * 100 >= state.limit_nano_usd::numeric * threshold.percent
        on conflict on constraint budget_alerts_once do nothing
        returning org_id, id, percent, spent_nano_usd, limit_nano_usd
      )
      -- Of several crossed at once the highest is worth telling.
      select distinct on (made.org_id) made.org_id, made.id, made.percent, made.spent_nano_usd, made.limit_nano_usd
      from made order by made.org_id, made.percent desc;
  end
  $$;
comment on function app.cross_budget_thresholds() is 'Records thresholds that organisations which spent in the last day have crossed this month, and returns the highest new one of each.';

revoke all on function app.estimated_cost(text, bigint, bigint), app.spending(uuid), app.budget_state(uuid),
  app.admit_spending(uuid, bigint), app.cross_budget_thresholds() from public;
grant execute on function app.estimated_cost(text, bigint, bigint), app.admit_spending(uuid, bigint) to devsphere_member, devsphere_api_key;
grant execute on function app.budget_state(uuid) to authenticated, devsphere_api_key;
grant execute on function app.cross_budget_thresholds() to devsphere_system;

revoke all on public.budgets, public.budget_alerts from public, anon, authenticated, service_role;
grant select on public.budgets, public.budget_alerts to authenticated, devsphere_api_key;
grant insert, update (monthly_limit_nano_usd, alert_percents, updated_by, updated_at) on public.budgets to devsphere_member;
grant insert (reserved_nano_usd) on public.tasks to devsphere_member, devsphere_api_key;

alter table public.budgets enable row level security;
alter table public.budgets force row level security;
create policy "who reads usage reads the budget" on public.budgets for select to authenticated, devsphere_api_key
  using (org_id in (select app.permitted_org_ids('usage.read')));
create policy "who manages budgets sets one as themselves" on public.budgets for insert to devsphere_member
  with check (org_id in (select app.permitted_org_ids('budgets.manage')) and updated_by = (select auth.uid()));
create policy "who manages budgets changes one as themselves" on public.budgets for update to devsphere_member
  using (org_id in (select app.permitted_org_ids('budgets.manage')))
  with check (org_id in (select app.permitted_org_ids('budgets.manage')) and updated_by = (select auth.uid()));
create policy "nobody deletes budgets" on public.budgets for delete to authenticated using (false);

alter table public.budget_alerts enable row level security;
alter table public.budget_alerts force row level security;
create policy "who reads usage reads alerts" on public.budget_alerts for select to authenticated, devsphere_api_key
  using (org_id in (select app.permitted_org_ids('usage.read')));
create policy "nobody inserts alerts" on public.budget_alerts for insert to authenticated with check (false);
create policy "nobody updates alerts" on public.budget_alerts for update to authenticated using (false) with check (false);
create policy "nobody deletes alerts" on public.budget_alerts for delete to authenticated using (false);
