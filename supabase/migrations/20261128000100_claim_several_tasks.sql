-- A worker writes what many of its tasks did in one transaction: its claims name the tasks of one organisation at a time.

-- In standard SQL without settings of their own these become part of the statements that ask them, a dozen times each; what
-- they name was looked up when they were made.
create function app.claim_task_ids() returns uuid[]
  language sql stable
  return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'task_ids')::uuid[];
comment on function app.claim_task_ids() is 'The tasks this transaction acts for, all of one organisation; in the claims as PostgreSQL writes an array. Null without.';

create or replace function app.claim_org_id() returns uuid
  language sql stable
  return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'org_id')::uuid;

-- What only one task can do at a time, such as answering its question, finds none when there are several.
create or replace function app.claim_task_id() returns uuid
  language plpgsql stable set search_path = ''
  as $$
  declare
    ids uuid[] := app.claim_task_ids();
  begin
    return case when cardinality(ids) = 1 then ids[1] end;
  end
  $$;
comment on function app.claim_task_id() is 'The one task this transaction acts for; null when there are several or none.';

create function app.fence(hit bigint, wanted bigint) returns boolean
  language plpgsql volatile set search_path = ''
  as $$
  begin
    if hit is distinct from wanted then
      raise exception '% of % are still ours', hit, wanted using errcode = 'DS410';
    end if;
    return true;
  end
  $$;
comment on function app.fence(bigint, bigint) is 'Raises DS410 unless as many rows were found as wanted: what follows in the transaction then never happens.';

revoke all on function app.claim_task_ids(), app.fence(bigint, bigint) from public;
revoke all on function app.claim_task_id() from anon, authenticated, devsphere_api_key, devsphere_operator, devsphere_system;
grant execute on function app.claim_task_ids() to devsphere_task;
grant execute on function app.fence(bigint, bigint) to devsphere_task, devsphere_queue;

alter policy "a task reads itself" on public.tasks
  using (org_id = (select app.claim_org_id()) and id = any ((select app.claim_task_ids())::uuid[]));
alter policy "a task writes itself" on public.tasks
  using (org_id = (select app.claim_org_id()) and id = any ((select app.claim_task_ids())::uuid[]))
  with check (org_id = (select app.claim_org_id()) and id = any ((select app.claim_task_ids())::uuid[]));

alter policy "a task reads its attempts" on public.task_attempts
  using (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]));
alter policy "a task opens its attempts" on public.task_attempts
  with check (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]));
alter policy "a task closes its attempts" on public.task_attempts
  using (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]))
  with check (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]));

alter policy "a task reads its events" on public.task_events
  using (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]));
alter policy "a task appends its events" on public.task_events
  with check (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]));

alter policy "a task reads its steps" on public.task_steps
  using (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]));
alter policy "a task stores its steps" on public.task_steps
  with check (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]));

alter policy "a task reads its calls" on public.llm_calls
  using (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]));
alter policy "a task opens its calls" on public.llm_calls
  with check (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]));
alter policy "a task closes its calls" on public.llm_calls
  using (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]))
  with check (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]));

alter policy "a task reads its usage" on public.usage_entries
  using (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]));
alter policy "a task records its usage" on public.usage_entries
  with check (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]));

alter policy "a task reads its artifacts" on public.artifacts
  using (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]));
alter policy "a task lists its artifacts" on public.artifacts
  with check (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]));

alter policy "a task asks for its approval" on public.approvals
  with check (org_id = (select app.claim_org_id()) and task_id = any ((select app.claim_task_ids())::uuid[]) and state = 'open');

alter policy "a task records its own actions" on public.audit_entries
  with check (org_id = (select app.claim_org_id()) and actor_type = 'task' and actor_id = any ((select app.claim_task_ids())::uuid[]));
