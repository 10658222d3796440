-- A call whose reply was lost may have been billed: the provider's own report of usage tells later, and is booked.

alter table public.llm_calls drop constraint llm_calls_state_known;
alter table public.llm_calls add constraint llm_calls_state_known
  check (state in ('started', 'completed', 'failed', 'unknown', 'reconciled'));
alter table public.llm_calls add column reconciled_at timestamptz;
comment on column public.llm_calls.reconciled_at is 'When the provider''s report told what became of a call of unknown outcome: reconciled when it was billed, failed when it was not.';

alter table public.usage_entries add column source text not null default 'reply';
alter table public.usage_entries add constraint usage_entries_source_known check (source in ('reply', 'report', 'share'));
comment on column public.usage_entries.source is
  'Where the numbers come from: the reply itself; the provider''s report, which had this call alone; or a share of what the report had for several, whose sum is exact.';

create index llm_calls_unknown_idx on public.llm_calls (ended_at) where state = 'unknown' and paid_by = 'platform';
-- Rows are in the order they were made, so that this finds an hour of them and costs next to nothing to keep.
create index llm_calls_started_idx on public.llm_calls using brin (started_at) with (autosummarize = on);

grant select (org_id, id, task_id, step_key, model, state, paid_by, usage, started_at, ended_at) on public.llm_calls to devsphere_system;
grant select on public.model_prices to devsphere_system;
create policy "reconciliation reads calls of the platform's account" on public.llm_calls for select to devsphere_system
  using (paid_by = 'platform');
create policy "reconciliation reads prices" on public.model_prices for select to devsphere_system using (true);

create function app.book_call(wanted_org uuid, wanted_call uuid, entry_id uuid, booked jsonb, cost bigint, told_by text, by_simulator boolean)
  returns boolean
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    call public.llm_calls;
    fresh bigint := (booked ->> 'input_tokens')::bigint;
    read bigint := (booked ->> 'cache_read_input_tokens')::bigint;
    written bigint := (booked ->> 'cache_creation_input_tokens')::bigint;
    answered bigint := (booked ->> 'output_tokens')::bigint;
  begin
    update public.llm_calls c
      set state = case when booked is null then 'failed' else 'reconciled' end, reconciled_at = now(),
          usage = coalesce(booked, c.usage), cost_nano_usd = case when booked is null then 0 else cost end,
          simulated = c.simulated or by_simulator
      where c.org_id = wanted_org and c.id = wanted_call and c.state = 'unknown' and c.paid_by = 'platform'
      returning * into call;
    if not found then return false; end if;
    if booked is null then return true; end if;
    insert into public.usage_entries (org_id, id, task_id, llm_call_id, provider_request_id, user_id, kind, model, input_tokens,
        cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd, simulated, paid_by, source, created_at)
      select call.org_id, entry_id, call.task_id, call.id, coalesce(call.provider_request_id, call.message_id, call.id::text),
             t.created_by, t.kind, call.model, fresh, read, written, answered, cost, call.simulated, call.paid_by, told_by, call.ended_at
      from public.tasks t where t.org_id = call.org_id and t.id = call.task_id;
    update public.tasks t
      set input_tokens = t.input_tokens + fresh, cache_read_tokens = t.cache_read_tokens + read,
          cache_write_tokens = t.cache_write_tokens + written, output_tokens = t.output_tokens + answered,
          cost_nano_usd = t.cost_nano_usd + cost, simulated = t.simulated or call.simulated
      where t.org_id = call.org_id and t.id = call.task_id;
    return true;
  end
  $$;
comment on function app.book_call(uuid, uuid, uuid, jsonb, bigint, text, boolean) is
  'For reconciliation: gives a call of unknown outcome its usage and its price, with its entry in the ledger and its task''s totals; null usage: it was not billed. False, and nothing done, when the call is not of unknown outcome any more.';
revoke all on function app.book_call(uuid, uuid, uuid, jsonb, bigint, text, boolean) from public;
grant execute on function app.book_call(uuid, uuid, uuid, jsonb, bigint, text, boolean) to devsphere_system;
