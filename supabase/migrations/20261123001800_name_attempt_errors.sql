-- How each attempt ended, so that operators can count failures of the same making without reading messages.

alter table public.task_attempts
  add column error_class text generated always as (error ->> 'class') stored,
  add column error_code text generated always as (error ->> 'code') stored,
  add column error_fingerprint text generated always as (error ->> 'fingerprint') stored;
comment on column public.task_attempts.error_class is 'Whether trying again could help: retry or fatal; or why it was stopped.';
comment on column public.task_attempts.error_code is 'The error''s code; what operators see of an error.';
comment on column public.task_attempts.error_fingerprint is 'Digest that failures of the same making share.';

grant select (org_id, task_id, attempt, state, worker, error_class, error_code, error_fingerprint, started_at, ended_at)
  on public.task_attempts to devsphere_operator;
create policy "operators read how attempts ended" on public.task_attempts for select to devsphere_operator
  using ((select app.is_operator()));

-- By name, since nobody may give the columns above a value.
revoke insert on public.task_attempts from devsphere_task;
grant insert (org_id, task_id, attempt, worker, job_id, delivery) on public.task_attempts to devsphere_task;
