-- A task can wait for a person: it asks, its job ends, and whoever may answers in the page, by a link or by the API.

create table public.approvals (
  org_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  attempt integer not null,
  step_key text not null,
  title text not null,
  form jsonb not null,
  proposal jsonb not null default '{}',
  fallback jsonb,
  state text not null default 'open',
  answer jsonb,
  answered_by uuid,
  answered_by_key uuid,
  answered_how text,
  link_hash text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint approvals_pkey primary key (org_id, id),
  constraint approvals_task_fkey foreign key (org_id, task_id) references public.tasks (org_id, id) on delete cascade,
  constraint approvals_answered_by_key_fkey foreign key (org_id, answered_by_key) references public.api_keys (org_id, id)
    on delete set null (answered_by_key),
  constraint approvals_state_known check (state in ('open', 'answered', 'timed_out', 'withdrawn')),
  constraint approvals_answered_how_known check (answered_how in ('person', 'program', 'link', 'timeout')),
  constraint approvals_answered_with_something check ((state = 'answered') = (answer is not null) and (state = 'answered') = (answered_how is not null)),
  constraint approvals_ended_when_over check ((state = 'open') = (ended_at is null)),
  constraint approvals_step_key_length check (char_length(step_key) between 1 and 120),
  constraint approvals_title_length check (char_length(title) between 1 and 200),
  constraint approvals_form_size check (pg_column_size(form) <= 65536),
  constraint approvals_proposal_size check (pg_column_size(proposal) <= 524288),
  constraint approvals_fallback_size check (pg_column_size(fallback) <= 524288),
  constraint approvals_answer_size check (pg_column_size(answer) <= 524288),
  constraint approvals_link_hash_shape check (link_hash ~ '^[0-9a-f]{64}$'),
  constraint approvals_expiry_bounded check (expires_at <= created_at + interval '31 days')
);
comment on table public.approvals is 'What tasks asked people, and what was answered. While one is open its task waits and no worker holds it.';
comment on column public.approvals.form is 'JSON Schema of the answer, with titles and widgets for the form that is shown.';
comment on column public.approvals.proposal is 'What the form is filled in with.';
comment on column public.approvals.fallback is 'The answer when nobody gives one in time; null expires the task then.';
comment on column public.approvals.state is 'withdrawn: the task was stopped before anybody answered.';
comment on column public.approvals.answered_how is 'Who answered: a person or a program of the organisation, whoever held the link, or nobody in time.';
comment on column public.approvals.link_hash is 'SHA-256 of the token in the link that answers it without signing in; never granted to anyone.';
create unique index approvals_open_idx on public.approvals (org_id, task_id) where state = 'open';
create index approvals_task_idx on public.approvals (org_id, task_id, id);
create index approvals_link_idx on public.approvals (link_hash) where link_hash is not null;
create index approvals_answered_by_key_idx on public.approvals (org_id, answered_by_key) where answered_by_key is not null;

alter table public.task_attempts drop constraint task_attempts_state_known;
alter table public.task_attempts add constraint task_attempts_state_known
  check (state in ('running', 'succeeded', 'failed', 'cancelled', 'expired', 'lost', 'released', 'waiting'));
comment on table public.task_attempts is 'Every time a worker took the task; lost = its worker vanished, released = given back at shutdown, waiting = ended with a question to a person.';

create function app.withdraw_approvals() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
  begin
    update public.approvals a set state = 'withdrawn', ended_at = now()
      where a.org_id = new.org_id and a.task_id = new.id and a.state = 'open';
    return new;
  end
  $$;
comment on function app.withdraw_approvals() is 'Whoever stops a waiting task ends its question too.';
create trigger tasks_withdraw_approvals after update of state on public.tasks
  for each row when (old.state = 'waiting' and new.state <> 'waiting') execute function app.withdraw_approvals();

create function app.continue_task(asked public.approvals, given jsonb, how text, person uuid, key uuid, new_job uuid,
                                  out task_id uuid, out job_queue text, out priority smallint)
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    continued public.tasks;
  begin
    update public.approvals a
      set state = 'answered', answer = given, answered_how = how, answered_by = person, answered_by_key = key, ended_at = now()
      where a.org_id = asked.org_id and a.id = asked.id;
    insert into public.task_steps (org_id, task_id, key, title, attempt, output, started_at)
      values (asked.org_id, asked.task_id, asked.step_key, asked.title, asked.attempt, jsonb_build_object('answer', given), asked.created_at);
    update public.tasks t
      set state = 'queued', job_id = new_job, claimed_delivery = null, run_at = now(), progress = null, event_seq = t.event_seq + 1
      where t.org_id = asked.org_id and t.id = asked.task_id
      returning * into continued;
    insert into public.task_events (org_id, task_id, seq, type, data)
      values (asked.org_id, asked.task_id, continued.event_seq, 'approval.answered',
              jsonb_build_object('approval', asked.id, 'step', asked.step_key, 'title', asked.title, 'how', how));
    task_id := continued.id;
    job_queue := continued.job_queue;
    priority := continued.priority;
  end
  $$;
comment on function app.continue_task(public.approvals, jsonb, text, uuid, uuid, uuid) is 'Stores an answer as a finished step and puts its task back into the queue. Asks nobody''s rights: only functions that do may call it.';

create function app.locked_approval(wanted_org uuid, wanted_task uuid, wanted_id uuid, out asked public.approvals)
  language plpgsql volatile security definer set search_path = ''
  as $$
  begin
    -- The task first, as everybody who changes both does: two who wait for each other would wait for ever.
    perform from public.tasks t where t.org_id = wanted_org and t.id = wanted_task for no key update;
    select * into asked from public.approvals a
      where a.org_id = wanted_org and a.task_id = wanted_task and a.id = wanted_id for update;
  end
  $$;
comment on function app.locked_approval(uuid, uuid, uuid) is 'An approval, its task and itself locked. Asks nobody''s rights.';

create function app.answer_approval(wanted_org uuid, wanted_task uuid, wanted_id uuid, given jsonb, new_job uuid,
                                    out outcome text, out job_queue text, out priority smallint)
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    asked public.approvals;
    continued record;
    by_program boolean := current_setting('role') = 'devsphere_api_key';
  begin
    if wanted_org not in (select app.permitted_org_ids('tasks.submit')) then outcome := 'forbidden'; return; end if;
    asked := app.locked_approval(wanted_org, wanted_task, wanted_id);
    outcome := case
      when asked.id is null then 'unknown'
      when asked.state = 'answered' and asked.answer = given then 'unchanged'
      when asked.state <> 'open' then asked.state
      when asked.expires_at <= now() then 'timed_out'
      else 'done'
    end;
    if outcome <> 'done' then return; end if;
    select * into continued from app.continue_task(asked, given,
      case when by_program then 'program' else 'person' end,
      case when by_program then null else auth.uid() end,
      case when by_program then app.claim_key_id() end, new_job);
    job_queue := continued.job_queue;
    priority := continued.priority;
  end
  $$;
comment on function app.answer_approval(uuid, uuid, uuid, jsonb, uuid) is 'Answers for a person or a program of the organisation. Answers done, unchanged, forbidden, unknown, answered, timed_out or withdrawn.';

create function app.read_approval_link(wanted_hash text)
  returns table (org_id uuid, org_name text, task_id uuid, id uuid, title text, task_title text, form jsonb, proposal jsonb,
                 state text, expires_at timestamptz)
  language plpgsql stable security definer set search_path = ''
  as $$
  begin
    return query
      select a.org_id, o.name, a.task_id, a.id, a.title, t.title, a.form,
             -- What was proposed is nobody's business once it is over.
             case when a.state = 'open' and a.expires_at > now() then a.proposal else '{}' end,
             case when a.state = 'open' and a.expires_at <= now() then 'timed_out' else a.state end, a.expires_at
      from public.approvals a join public.organizations o using (org_id)
        join public.tasks t on t.org_id = a.org_id and t.id = a.task_id
      where a.link_hash = wanted_hash and o.deleted_at is null;
  end
  $$;
comment on function app.read_approval_link(text) is 'What whoever holds the link may know; nothing for a hash that no link has.';

create function app.answer_approval_link(wanted_hash text, given jsonb, new_job uuid, from_address text, program text,
                                         out outcome text, out org_id uuid, out task_id uuid, out id uuid, out job_queue text,
                                         out priority smallint)
  language plpgsql volatile security definer set search_path = ''
  as $$
  #variable_conflict use_column
  declare
    asked public.approvals;
    continued record;
  begin
    select a.* into asked from public.approvals a join public.organizations o on o.org_id = a.org_id
      where a.link_hash = wanted_hash and o.deleted_at is null;
    if asked.id is null then outcome := 'unknown'; return; end if;
    asked := app.locked_approval(asked.org_id, asked.task_id, asked.id);
    outcome := case
      when asked.id is null then 'unknown'
      when asked.state = 'answered' and asked.answered_how = 'link' and asked.answer = given then 'unchanged'
      when asked.state <> 'open' then asked.state
      when asked.expires_at <= now() then 'timed_out'
      else 'done'
    end;
    if outcome <> 'done' then return; end if;
    select * into continued from app.continue_task(asked, given, 'link', null, null, new_job);
    insert into public.audit_entries (org_id, id, actor_type, action, target_type, target_id, detail, address, user_agent)
      values (asked.org_id, app.uuid_v7(), 'system', 'task.approval_answered', 'task', asked.task_id,
              jsonb_build_object('how', 'link', 'approval', asked.id), from_address::inet, program);
    org_id := asked.org_id;
    task_id := asked.task_id;
    id := asked.id;
    job_queue := continued.job_queue;
    priority := continued.priority;
  end
  $$;
comment on function app.answer_approval_link(text, jsonb, uuid, text, text) is 'Answers for whoever holds the link, once. Answers done, unchanged, unknown, answered, timed_out or withdrawn.';

create function app.time_out_approval(wanted_id uuid, new_job uuid, out outcome text, out job_queue text, out priority smallint)
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    asked public.approvals;
    continued record;
  begin
    asked := app.locked_approval(app.claim_org_id(), app.claim_task_id(), wanted_id);
    outcome := case
      when asked.id is null or asked.state <> 'open' then 'over'
      when asked.expires_at > now() then 'too_soon'
      when asked.fallback is null then 'expired'
      else 'continued'
    end;
    if outcome = 'continued' then
      select * into continued from app.continue_task(asked, asked.fallback, 'timeout', null, null, new_job);
      job_queue := continued.job_queue;
      priority := continued.priority;
    elsif outcome = 'expired' then
      update public.approvals a set state = 'timed_out', ended_at = now() where a.org_id = asked.org_id and a.id = asked.id;
    end if;
  end
  $$;
comment on function app.time_out_approval(uuid, uuid) is 'For the task of this transaction. Answers over, too_soon, continued, or expired: then the caller ends the task.';

revoke all on function app.withdraw_approvals(), app.continue_task(public.approvals, jsonb, text, uuid, uuid, uuid),
  app.locked_approval(uuid, uuid, uuid), app.answer_approval(uuid, uuid, uuid, jsonb, uuid), app.read_approval_link(text),
  app.answer_approval_link(text, jsonb, uuid, text, text), app.time_out_approval(uuid, uuid) from public;
grant execute on function app.answer_approval(uuid, uuid, uuid, jsonb, uuid) to devsphere_member, devsphere_api_key;
grant execute on function app.read_approval_link(text), app.answer_approval_link(text, jsonb, uuid, text, text) to anon;
grant execute on function app.time_out_approval(uuid, uuid) to devsphere_task;

revoke all on public.approvals from public, anon, authenticated, service_role;
grant select (org_id, id, task_id, attempt, step_key, title, form, proposal, fallback, state, answer, answered_by, answered_by_key,
  answered_how, created_at, expires_at, ended_at) on public.approvals to authenticated, devsphere_api_key;
grant insert (org_id, id, task_id, attempt, step_key, title, form, proposal, fallback, link_hash, expires_at)
  on public.approvals to devsphere_task;
grant select (org_id, id, task_id, state, expires_at) on public.approvals to devsphere_outgoing;

alter table public.approvals enable row level security;
alter table public.approvals force row level security;
create policy "members read approvals" on public.approvals for select to authenticated, devsphere_api_key
  using (org_id in (select app.permitted_org_ids('tasks.read')));
create policy "a task asks for its approval" on public.approvals for insert to devsphere_task
  with check (org_id = (select app.claim_org_id()) and task_id = (select app.claim_task_id()) and state = 'open');
create policy "nobody updates approvals" on public.approvals for update to authenticated using (false) with check (false);
create policy "nobody deletes approvals" on public.approvals for delete to authenticated using (false);
create policy "an outgoing worker reads approvals of its organization" on public.approvals for select to devsphere_outgoing
  using (org_id = (select app.claim_org_id()));
