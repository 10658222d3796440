-- Every model call, what it used, and what that cost.

create table public.model_prices (
  model text not null,
  effective_from timestamptz not null,
  over_prompt_tokens bigint not null default 0,
  input_nano_usd bigint not null,
  output_nano_usd bigint not null,
  cache_write_5m_nano_usd bigint not null,
  cache_write_1h_nano_usd bigint not null,
  cache_read_nano_usd bigint not null,
  source text not null,
  constraint model_prices_pkey primary key (model, effective_from, over_prompt_tokens),
  constraint model_prices_not_negative check (least(input_nano_usd, output_nano_usd, cache_write_5m_nano_usd, cache_write_1h_nano_usd, cache_read_nano_usd) >= 0)
);
comment on table public.model_prices is 'not-tenant: public list prices, nano-dollars per token, effective-dated; a change of price is a new row.';
comment on column public.model_prices.over_prompt_tokens is 'The row holds for prompts longer than this many tokens.';

insert into public.model_prices (model, effective_from, over_prompt_tokens, input_nano_usd, output_nano_usd, cache_write_5m_nano_usd, cache_write_1h_nano_usd, cache_read_nano_usd, source) values
  ('claude-haiku-5-5', '2026-01-01', 0, 100, 500, 125, 200, 10, 'public price list, read November 2026'),
  ('claude-haiku-5-5', '2026-01-01', 100000, 500, 2500, 625, 1000, 50, 'third-party price list, read November 2026'),
  ('claude-sonnet-5-5', '2026-01-01', 0, 2000, 10000, 2500, 4000, 200, 'public price list, read November 2026'),
  ('claude-opus-5-5', '2026-01-01', 0, 4000, 20000, 5000, 8000, 400, 'public price list, read November 2026'),
  ('claude-fable-5-2', '2026-01-01', 0, 8000, 40000, 10000, 16000, 800, 'reseller price list, read November 2026');

create table public.llm_calls (
  org_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  attempt integer not null,
  step_key text not null,
  model text not null,
  state text not null default 'started',
  provider_request_id text,
  message_id text,
  stop_reason text,
  usage jsonb,
  cost_nano_usd bigint,
  simulated boolean not null default false,
  error jsonb,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint llm_calls_pkey primary key (org_id, id),
  constraint llm_calls_provider_request_key unique (org_id, provider_request_id),
  constraint llm_calls_task_fkey foreign key (org_id, task_id) references public.tasks (org_id, id) on delete cascade,
  constraint llm_calls_state_known check (state in ('started', 'completed', 'failed', 'unknown'))
);
comment on table public.llm_calls is 'Written before the call, closed after it; one that was never closed is unknown, not free.';
create index llm_calls_task_idx on public.llm_calls (org_id, task_id, id);

create table public.usage_entries (
  org_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  llm_call_id uuid not null,
  provider_request_id text not null,
  user_id uuid,
  kind text not null,
  model text not null,
  input_tokens bigint not null,
  cache_read_tokens bigint not null,
  cache_write_tokens bigint not null,
  output_tokens bigint not null,
  cost_nano_usd bigint not null,
  simulated boolean not null,
  created_at timestamptz not null default now(),
  constraint usage_entries_pkey primary key (org_id, id),
  constraint usage_entries_provider_request_key unique (org_id, provider_request_id),
  constraint usage_entries_call_fkey foreign key (org_id, llm_call_id) references public.llm_calls (org_id, id) on delete cascade,
  constraint usage_entries_task_fkey foreign key (org_id, task_id) references public.tasks (org_id, id) on delete cascade
);
comment on table public.usage_entries is 'The ledger: one entry per billed provider request. input_tokens excludes cached ones.';
create index usage_entries_task_idx on public.usage_entries (org_id, task_id);
create index usage_entries_call_idx on public.usage_entries (org_id, llm_call_id);

revoke all on public.model_prices, public.llm_calls, public.usage_entries from public, anon, authenticated, service_role;
grant select on public.model_prices, public.llm_calls, public.usage_entries to authenticated, devsphere_task;
grant insert on public.llm_calls, public.usage_entries to devsphere_task;
grant update (state, provider_request_id, message_id, stop_reason, usage, cost_nano_usd, simulated, error, ended_at) on public.llm_calls to devsphere_task;

alter table public.model_prices enable row level security;
alter table public.model_prices force row level security;
create policy "everyone signed in reads prices" on public.model_prices for select to authenticated, devsphere_task using (true);
create policy "nobody inserts prices" on public.model_prices for insert to authenticated with check (false);
create policy "nobody updates prices" on public.model_prices for update to authenticated using (false) with check (false);
create policy "nobody deletes prices" on public.model_prices for delete to authenticated using (false);

alter table public.llm_calls enable row level security;
alter table public.llm_calls force row level security;
create policy "members read calls" on public.llm_calls for select to authenticated
  using (org_id in (select app.member_org_ids('viewer')));
create policy "a task reads its calls" on public.llm_calls for select to devsphere_task
  using (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()));
create policy "a task opens its calls" on public.llm_calls for insert to devsphere_task
  with check (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()));
create policy "a task closes its calls" on public.llm_calls for update to devsphere_task
  using (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()))
  with check (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()));
create policy "nobody deletes calls" on public.llm_calls for delete to authenticated using (false);

alter table public.usage_entries enable row level security;
alter table public.usage_entries force row level security;
create policy "members read usage" on public.usage_entries for select to authenticated
  using (org_id in (select app.member_org_ids('viewer')));
create policy "a task reads its usage" on public.usage_entries for select to devsphere_task
  using (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()));
create policy "a task records its usage" on public.usage_entries for insert to devsphere_task
  with check (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()));
create policy "nobody updates usage" on public.usage_entries for update to authenticated using (false) with check (false);
create policy "nobody deletes usage" on public.usage_entries for delete to authenticated using (false);
