-- What all workers together know of a model provider's account: how much it takes, and whether it answers.

create table public.provider_gates (
  account text not null,
  org_id uuid,
  requests_per_minute integer,
  tokens_per_minute integer,
  requests_left double precision not null default 0,
  tokens_left double precision not null default 0,
  counted_at timestamptz not null default '-infinity',
  blocked_until timestamptz,
  opened_at timestamptz,
  open_until timestamptz,
  pause_seconds integer not null default 1,
  probe_until timestamptz,
  constraint provider_gates_pkey primary key (account),
  constraint provider_gates_org_fkey foreign key (org_id) references public.organizations (org_id) on delete cascade,
  constraint provider_gates_account_of check (account = coalesce(org_id::text, 'platform')),
  constraint provider_gates_requests_range check (requests_per_minute between 1 and 1000000),
  constraint provider_gates_tokens_range check (tokens_per_minute between 1 and 1000000000)
);
comment on table public.provider_gates is 'not-tenant: the state of accounts at the model provider, for workers and operators. An account without a row is open and without a limit of ours.';
comment on column public.provider_gates.org_id is 'Whose own account it is; null for the platform''s.';
comment on column public.provider_gates.requests_per_minute is 'What we send at most in any minute; null: as much as there is.';
comment on column public.provider_gates.tokens_left is 'Below zero after a call larger than what may be saved up.';
comment on column public.provider_gates.blocked_until is 'The provider asked us to send nothing before.';
comment on column public.provider_gates.opened_at is 'Since when the circuit breaker is open; null while the provider answers.';
comment on column public.provider_gates.open_until is 'From then on one call may try whether it answers again.';
comment on column public.provider_gates.probe_until is 'Until then that call is waited for.';

revoke all on public.provider_gates from public, anon, authenticated, service_role;
grant select, insert (account, org_id, blocked_until, opened_at, open_until), update (requests_left, tokens_left, counted_at, blocked_until,
  opened_at, open_until, pause_seconds, probe_until) on public.provider_gates to devsphere_system;
grant select, insert (account, requests_per_minute, tokens_per_minute), update (requests_per_minute, tokens_per_minute)
  on public.provider_gates to devsphere_operator;

alter table public.provider_gates enable row level security;
alter table public.provider_gates force row level security;
create policy "workers read provider gates" on public.provider_gates for select to devsphere_system using (true);
create policy "workers note that an account is closed" on public.provider_gates for insert to devsphere_system with check (true);
create policy "workers count and judge accounts" on public.provider_gates for update to devsphere_system using (true) with check (true);
create policy "operators read provider gates" on public.provider_gates for select to devsphere_operator
  using ((select app.is_operator()));
create policy "operators limit the platform's account first" on public.provider_gates for insert to devsphere_operator
  with check ((select app.is_operator()) and org_id is null);
create policy "operators limit the platform's account" on public.provider_gates for update to devsphere_operator
  using ((select app.is_operator()) and org_id is null) with check ((select app.is_operator()) and org_id is null);
create policy "nobody deletes provider gates" on public.provider_gates for delete to authenticated using (false);

-- A sixth of a minute's worth may be saved up and the rest flows in evenly, so that no minute, wherever it begins, has more
-- than the limit. A single call larger than that goes when all is saved up, and is paid off before the next.
create function app.pass_provider(wanted_account text, wanted_tokens integer)
  returns table (verdict text, wait_seconds double precision)
  language plpgsql volatile set search_path = ''
  as $$
  declare
    gate public.provider_gates;
    right_now timestamptz;
    elapsed double precision;
    request_room double precision;
    token_room double precision;
    requests double precision;
    tokens double precision;
  begin
    select * into gate from public.provider_gates g where g.account = wanted_account;
    if not found or (gate.blocked_until is null and gate.opened_at is null
        and gate.requests_per_minute is null and gate.tokens_per_minute is null) then
      return query select 'free', 0::double precision;
      return;
    end if;
    select * into gate from public.provider_gates g where g.account = wanted_account for no key update;
    right_now := clock_timestamp();
    if gate.blocked_until > right_now then
      return query select 'blocked', extract(epoch from gate.blocked_until - right_now)::double precision;
      return;
    end if;
    if gate.opened_at is not null then
      if gate.open_until > right_now then
        return query select 'open', extract(epoch from gate.open_until - right_now)::double precision;
      elsif gate.probe_until > right_now then
        return query select 'open', 1::double precision;
      else
        update public.provider_gates g set probe_until = right_now + interval '60 seconds' where g.account = wanted_account;
        return query select 'probe', 0::double precision;
      end if;
      return;
    end if;
    if gate.requests_per_minute is null and gate.tokens_per_minute is null then
      return query select 'free', 0::double precision;
      return;
    end if;
    -- Never counted, or not for a minute: all is saved up.
    elapsed := least(60, extract(epoch from right_now - greatest(gate.counted_at, right_now - interval '1 minute')));
    request_room := greatest(1, gate.requests_per_minute / 6.0);
    token_room := gate.tokens_per_minute / 6.0;
    requests := case when elapsed >= 60 then request_room else least(request_room,
      gate.requests_left + elapsed / 60 * greatest(gate.requests_per_minute - request_room, gate.requests_per_minute / 2.0)) end;
    tokens := least(token_room, gate.tokens_left + elapsed / 60 * (gate.tokens_per_minute - token_room));
    if gate.counted_at = '-infinity' then tokens := token_room; end if;
    if requests < 1 or tokens < least(wanted_tokens, token_room) then
      return query select 'limit', greatest(
        coalesce((1 - requests) * 60 / greatest(gate.requests_per_minute - request_room, gate.requests_per_minute / 2.0), 0),
        coalesce((least(wanted_tokens, token_room) - tokens) * 60 / (gate.tokens_per_minute - token_room), 0), 0.1)::double precision;
      return;
    end if;
    update public.provider_gates g
      set requests_left = coalesce(requests - 1, 0), tokens_left = coalesce(tokens - wanted_tokens, 0), counted_at = right_now
      where g.account = wanted_account;
    return query select 'counted', 0::double precision;
  end
  $$;
comment on function app.pass_provider(text, integer) is
  'For workers: whether a call may be made now. free and counted: yes; probe: yes, and its end says whether the breaker closes; blocked, open and limit: not for so many seconds.';
revoke all on function app.pass_provider(text, integer) from public;
grant execute on function app.pass_provider(text, integer) to devsphere_system;
